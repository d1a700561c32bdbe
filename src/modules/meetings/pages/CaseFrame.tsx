import type { ReactNode } from 'react';
import { Link } from 'react-router';
import '../../../platform/web/case.css';
import type { CaseOffer } from '../../../platform/web/case-form.ts';
import { CaseActions } from '../../../platform/web/parts/CaseActions.tsx';
import { CaseRecord } from '../../../platform/web/parts/CaseRecord.tsx';
import { Lamp, type LampColour } from '../../../platform/web/parts/Lamp.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { StatusTag, type StatusTone } from '../../../platform/web/parts/StatusTag.tsx';
import './meetings.css';

/** The page of one case of this room: head, who is next, what may be done, what it is, all that happened. */
export function CaseFrame(props: {
  title: string;
  tone: StatusTone;
  state: string;
  says: ReactNode;
  nextStep: string;
  offers: readonly CaseOffer[];
  leading: readonly string[];
  grave?: readonly string[];
  onChoose: (action: string) => void;
  facts: Parameters<typeof CaseRecord>[0]['facts'];
  children: ReactNode;
}) {
  return (
    <>
      <PageHeader title={props.title} tag={<StatusTag tone={props.tone}>{props.state}</StatusTag>} says={props.says} />
      <Card>
        <p>
          下一步：<b>{props.nextStep}</b>
        </p>
        <div className="g-no-print">
          <CaseActions
            offers={props.offers}
            leading={props.leading}
            grave={props.grave ?? []}
            onChoose={props.onChoose}
          />
        </div>
      </Card>
      <div className="g-case-columns">
        <div>{props.children}</div>
        <CaseRecord facts={props.facts} />
      </div>
    </>
  );
}

/** A task that came from a case, with its lamp. */
export function TaskLink({
  task,
}: {
  task: {
    readonly id: string;
    readonly number: string;
    readonly stateWord: string;
    readonly lamp: string;
    readonly lampReason: string;
  };
}) {
  return (
    <>
      <Link to={`/tasks/${task.id}`}>{task.number}</Link> <StatusTag>{task.stateWord}</StatusTag>{' '}
      <Lamp colour={task.lamp as LampColour} reason={task.lampReason} terse />
    </>
  );
}
