import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { useSession } from './session.tsx';

/**
 * A place in a lower room's page where higher rooms show panels: the task page offers one, supervision fills it, and
 * neither imports upwards. Declared beside the page that shows it.
 */
export interface SlotOf<TProps extends object> {
  readonly name: string;
  /** Only carries the type. */
  readonly props?: TProps;
}

interface Fill {
  readonly Panel: ComponentType<never>;
  readonly order: number;
  readonly permission: string;
}
const fills = new Map<string, Fill[]>();

/** Declares a slot: `export const taskPanels = slot<{ taskId: string }>('task.panels')`. */
export const slot = <TProps extends object>(name: string): SlotOf<TProps> => ({ name });

/** Lends a panel to a lower room's slot; called at the top of the lending room's `pages/pages.tsx`. */
export function fillSlot<TProps extends object>(
  place: SlotOf<TProps>,
  panel: ComponentType<TProps> | (() => Promise<ComponentType<TProps>>),
  options: { readonly order?: number; readonly permission?: string; readonly load?: boolean } = {},
): void {
  const Panel = options.load
    ? lazy(async () => ({ default: await (panel as () => Promise<ComponentType<TProps>>)() }))
    : (panel as ComponentType<TProps>);
  const list = fills.get(place.name) ?? [];
  list.push({
    Panel: Panel as ComponentType<never>,
    order: options.order ?? 100,
    permission: options.permission ?? 'signedIn',
  });
  fills.set(
    place.name,
    list.sort((a, b) => a.order - b.order),
  );
}

/** Shows what the rooms lent to the slot, as far as the person may see it; `otherwise` where nothing is. */
export function Slot<TProps extends object>({
  of,
  with: props,
  otherwise,
}: {
  of: SlotOf<TProps>;
  with: TProps;
  otherwise?: ReactNode;
}) {
  const { may } = useSession();
  if (otherwise !== undefined && !(fills.get(of.name) ?? []).some((fill) => may(fill.permission)))
    return <>{otherwise}</>;
  return (
    <>
      {(fills.get(of.name) ?? [])
        .filter((fill) => may(fill.permission))
        .map((fill, index) => {
          const Panel = fill.Panel as unknown as ComponentType<TProps>;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the fills of a slot never change after start
            <Suspense key={index} fallback={<p className="g-loading">正在打开…</p>}>
              <Panel {...props} />
            </Suspense>
          );
        })}
    </>
  );
}
