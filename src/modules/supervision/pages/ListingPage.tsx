import { useState } from 'react';
import { Link, useParams } from 'react-router';
import '../../../platform/web/case.css';
import { CaseActions } from '../../../platform/web/parts/CaseActions.tsx';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { CaseRecord } from '../../../platform/web/parts/CaseRecord.tsx';
import { Lamp } from '../../../platform/web/parts/Lamp.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { IssuedDocuments } from '../../letters/pages/IssuedDocuments.tsx';
import { type ListingAction, listingLifecycle } from '../lifecycle.ts';
import { ListingFacts } from './ListingFacts.tsx';
import { ListingFields } from './ListingFields.tsx';
import { ListingSteps } from './ListingSteps.tsx';
import { ListingWork } from './ListingWork.tsx';
import { beginDraft, listingForms } from './listing-forms.ts';
import './supervision.css';
import { api, stateTone } from './supervision-client.ts';

/** The actions in the order of use; the one that leads on comes first and blue. */
const leading: readonly ListingAction[] = [
  'approve',
  'refuse',
  'issue',
  'filePlan',
  'recordPlan',
  'returnPlan',
  'apply',
  'report',
  'pass',
  'fail',
  'delist',
  'escalate',
];

/** One listing: how it stands and why, its documents, what was decided, filed, found and done. */
export function ListingPage() {
  const { id = '' } = useParams();
  const { today } = useSession();
  const read = useRead(api.viewListing, { params: { id } }, { keepFormer: false });
  const [action, setAction] = useState<ListingAction | null>(null);
  const view = read.data;
  if (!view)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在读取…</p>
    );
  const { listing } = view;
  return (
    <>
      <PageHeader
        title={listing.matter}
        tag={
          <>
            <StatusTag tone={stateTone[listing.state]}>{listingLifecycle.states[listing.state]}</StatusTag>{' '}
            <StatusTag>{`${listing.levelName}挂牌`}</StatusTag>{' '}
            {listing.escalations > 0 ? <StatusTag tone="alarm">{`已升级${listing.escalations}次`}</StatusTag> : null}
          </>
        }
        says={
          <span className="g-listing-says">
            <span className="g-code">{listing.number}</span>
            {listing.noticeNumber ? `　${listing.noticeNumber}` : ''}　问题{' '}
            <Link to={`/problems/${listing.problemId}`}>{listing.problemNumber}</Link>
          </span>
        }
      />
      <Card>
        <div className="g-case-head">
          <Lamp colour={listing.lamp} reason={listing.lampReason} />
          <span>
            下一步：<b>{view.nextStep}</b>
          </span>
        </div>
        <ListingSteps view={view} />
        <div className="g-no-print">
          <CaseActions
            offers={view.offers}
            leading={leading}
            grave={['refuse', 'retract', 'revoke']}
            onChoose={(name) => setAction(name as ListingAction)}
          />
        </div>
      </Card>
      <div className="g-case-columns">
        <div>
          <ListingFacts view={view} />
          <IssuedDocuments documents={view.documents} none="还没有印发公文。批准之后由安委办印发督办通知书和公告。" />
          <ListingWork view={view} />
        </div>
        <CaseRecord facts={view.facts} />
      </div>
      {action === null ? null : (
        <CaseDialog
          key={action}
          form={listingForms[action]}
          view={view}
          id={listing.id}
          keep={`listing.${action}.${listing.id}`}
          word={listingLifecycle.actions[action]}
          subject={`${listing.number} ${listing.matter}`}
          begin={beginDraft(action, view, today)}
          fields={(draft, change) => (
            <ListingFields form={listingForms[action]} view={view} draft={draft} onChange={change} />
          )}
          onClose={() => setAction(null)}
          onRefresh={() => void read.refetch()}
        />
      )}
    </>
  );
}
