import { Button } from 'antd';

export interface ActionEntry {
  readonly key: string;
  readonly label: string;
  readonly onClick: () => void;
  /** Why it cannot be done now, as the rule says it; the button is then grey and the reason is written below it. */
  readonly refusedBecause?: string | null;
  readonly primary?: boolean;
  readonly danger?: boolean;
  readonly busy?: boolean;
}

/** What can be done with a record. Grey buttons stay, with their reason in words, so that nobody has to guess. */
export function ActionBar({ actions, label = '可以办理的操作' }: { actions: readonly ActionEntry[]; label?: string }) {
  const greyed = actions.filter((action) => action.refusedBecause);
  return (
    <section className="g-actions" aria-label={label}>
      <div className="g-row">
        {actions.map((action) => (
          <Button
            key={action.key}
            type={action.primary ? 'primary' : 'default'}
            danger={action.danger ?? false}
            loading={action.busy ?? false}
            disabled={Boolean(action.refusedBecause)}
            aria-describedby={action.refusedBecause ? `why-${action.key}` : undefined}
            title={action.refusedBecause ?? undefined}
            onClick={action.onClick}
          >
            {action.label}
          </Button>
        ))}
      </div>
      {greyed.length > 0 ? (
        <ul className="g-why">
          {greyed.map((action) => (
            <li key={action.key} id={`why-${action.key}`}>
              <b>{action.label}</b>：{action.refusedBecause}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
