/** What one problem's page tells of what happened to it, as far as a recount by hand needs it. */
export interface History {
  readonly number: string;
  readonly dueOn: string;
  /** Day of the judgement that made it major; null where it is not. */
  readonly majorOn: string | null;
  readonly facts: readonly {
    readonly seq: number;
    readonly day: string;
    readonly kind: string;
    readonly says: string;
  }[];
}

/** What a ledger kept by hand would say of the evening of a day. */
export interface Evening {
  readonly open: readonly string[];
  readonly red: readonly string[];
  readonly major: number;
  readonly listed: number;
  readonly states: Readonly<Record<string, number>>;
  /** From the first day until that evening. */
  readonly registered: number;
  readonly closed: number;
  readonly reopened: number;
}

/** Into which state a fact leads; facts that are not named change none. */
const leads: Readonly<Record<string, string>> = {
  'problem.registered': 'toReceive',
  'problem.received': 'underway',
  'problem.done': 'toRecheck',
  'problem.sentBack': 'underway',
  'problem.rechecked': 'toClose',
  'problem.closed': 'closed',
  'problem.reopened': 'underway',
};

/** Counts the evening of a day anew from the records of the problems alone. */
export function evening(histories: readonly History[], on: string): Evening {
  const open: string[] = [];
  const red: string[] = [];
  const states: Record<string, number> = {};
  let [major, listed, registered, closed, reopened] = [0, 0, 0, 0, 0];
  for (const history of histories) {
    const told = history.facts.filter((fact) => fact.day <= on).sort((a, b) => a.seq - b.seq);
    const times = (kind: string): number => told.filter((fact) => fact.kind === kind).length;
    registered += times('problem.registered');
    closed += times('problem.closed');
    reopened += times('problem.reopened');
    const state = told.flatMap((fact) => leads[fact.kind] ?? []).at(-1);
    if (state === undefined || state === 'closed') continue;
    open.push(history.number);
    states[state] = (states[state] ?? 0) + 1;
    const first = /整改时限(\d{4}-\d\d-\d\d)/.exec(told[0]?.says ?? '')?.[1] ?? '';
    const due = times('problem.reopened') > 0 ? history.dueOn : first;
    if (due < on) red.push(history.number);
    if (history.majorOn !== null && history.majorOn <= on) major += 1;
    if (times('problem.listed') > times('problem.delisted')) listed += 1;
  }
  return { open: open.sort(), red: red.sort(), major, listed, states, registered, closed, reopened };
}
