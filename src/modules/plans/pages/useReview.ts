import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { asRefused, type RefusedError } from '../../../platform/web/refused.ts';
import { useAct } from '../../../platform/web/use-act.ts';
import type { plansApi } from '../api.ts';
import { gauge, type OpenPoint, openPoints } from '../completeness.ts';
import type { Operation } from '../operation.ts';
import type { Draft, ReviewDoubt } from '../plan.ts';
import { plans } from './plans-client.ts';

type Answer = ResponseOf<typeof plansApi.readReview>;
type Changes = Answer['changes'];

/** The review as the page holds it: everything once, then only what changed. */
export interface ReviewState {
  readonly plan: Answer['plan'];
  readonly officeName: string | null;
  readonly version: number;
  readonly sheet: Changes['sheet'];
  readonly known: Changes['known'];
  readonly lastStep: Changes['lastStep'];
  readonly drafts: readonly Draft[];
  readonly doubts: readonly ReviewDoubt[];
}

const POLL_MS = 20_000;

function merged(state: ReviewState, changes: Changes): ReviewState {
  const drafts = new Map(state.drafts.map((draft) => [draft.id, draft]));
  for (const draft of changes.drafts) drafts.set(draft.id, draft);
  const doubts = new Map(state.doubts.map((doubt) => [doubt.id, doubt]));
  for (const doubt of changes.doubts) doubts.set(doubt.id, doubt);
  const { version, sheet, known, lastStep } = changes;
  return {
    ...state,
    version,
    sheet,
    known,
    lastStep,
    drafts: [...drafts.values()].sort((a, b) => a.position - b.position),
    doubts: [...doubts.values()],
  };
}

export interface ReviewHandle {
  readonly state: ReviewState | null;
  readonly trouble: RefusedError | null;
  readonly points: readonly OpenPoint[];
  readonly pointsOf: ReadonlyMap<string, readonly OpenPoint[]>;
  readonly gauge: ReturnType<typeof gauge>;
  readonly busy: boolean;
  readonly refusal: RefusedError | null;
  readonly clear: () => void;
  /** Carries out operations as one step; true when they were saved. */
  readonly run: (...operations: readonly Operation[]) => Promise<boolean>;
  readonly undo: () => void;
  readonly refresh: () => void;
}

/** Loads a review, keeps it up to date with what others do, and sends the steps of this person. */
export function useReview(id: string, enabled: boolean): ReviewHandle {
  const [state, setState] = useState<ReviewState | null>(null);
  const [trouble, setTrouble] = useState<RefusedError | null>(null);
  const version = useRef(0);
  version.current = state?.version ?? 0;
  const load = useCallback(
    async (since: number) => {
      try {
        const { plan, officeName, changes } = await plans.readReview({ params: { id }, query: { since } });
        setState((old) => {
          const begun: ReviewState =
            old !== null && since > 0
              ? { ...old, plan, officeName }
              : {
                  plan,
                  officeName,
                  version: 0,
                  sheet: changes.sheet,
                  known: {},
                  lastStep: null,
                  drafts: [],
                  doubts: [],
                };
          return merged(begun, changes);
        });
        setTrouble(null);
      } catch (thrown) {
        if (since === 0) setTrouble(asRefused(thrown));
      }
    },
    [id],
  );
  useEffect(() => {
    if (!enabled) return;
    void load(0);
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && version.current > 0) void load(version.current);
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [enabled, load]);

  const take = useCallback((changes: Changes) => {
    version.current = changes.version;
    setState((old) => (old ? merged(old, changes) : old));
  }, []);
  // An act that is under way swallows further clicks; steps are therefore sent one after the other.
  const tail = useRef<Promise<unknown>>(Promise.resolve());
  const stepping = useAct(plans.reviewPlan, {
    quiet: true,
    onDone: take,
    onRefused: (refusal) => {
      if (refusal.kind === 'not-now') void load(version.current);
    },
  });
  const undoing = useAct(plans.undoReview, { quiet: true, onDone: take, onRefused: () => void load(version.current) });

  const points = useMemo(
    () => (state ? openPoints(state.drafts, state.doubts, state.sheet, state.known) : []),
    [state],
  );
  const pointsOf = useMemo(() => {
    const map = new Map<string, OpenPoint[]>();
    for (const point of points) {
      if (point.draft === null) continue;
      const list = map.get(point.draft);
      if (list) list.push(point);
      else map.set(point.draft, [point]);
    }
    return map;
  }, [points]);
  return {
    state,
    trouble,
    points,
    pointsOf,
    gauge: useMemo(() => gauge(state?.drafts ?? []), [state]),
    busy: stepping.busy || undoing.busy,
    refusal: stepping.refusal ?? undoing.refusal,
    clear: () => {
      stepping.clear();
      undoing.clear();
    },
    run: (...operations) => {
      if (operations.length === 0) return Promise.resolve(false);
      const step = tail.current.then(
        async () => (await stepping.act({ params: { id }, body: { version: version.current, operations } })) !== null,
      );
      tail.current = step;
      return step;
    },
    undo: () => {
      const step = state?.lastStep;
      if (step) void undoing.act({ params: { id }, body: { seq: step.seq, version: version.current } });
    },
    refresh: () => void load(0),
  };
}
