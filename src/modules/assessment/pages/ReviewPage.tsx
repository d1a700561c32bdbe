import { InputNumber } from 'antd';
import { useId, useState } from 'react';
import { Link, useParams } from 'react-router';
import { caseCall } from '../../../platform/web/case-form.ts';
import { ActDialog } from '../../../platform/web/parts/ActDialog.tsx';
import { TextField } from '../../../platform/web/parts/TextField.tsx';
import '../../../platform/web/case.css';
import { CaseActions } from '../../../platform/web/parts/CaseActions.tsx';
import { CaseRecord } from '../../../platform/web/parts/CaseRecord.tsx';
import { EvidenceField } from '../../../platform/web/parts/EvidenceField.tsx';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useKeptDraft } from '../../../platform/web/use-kept-draft.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { reviewParts } from '../review.ts';
import { type ReviewAction, reviewLifecycle } from '../review-lifecycle.ts';
import './assessment.css';
import { files, points, type ReviewView, reviews, reviewTone } from './assessment-client.ts';
import { PlainDialog } from './PlainDialog.tsx';
import { ReviewDialog } from './ReviewDialog.tsx';

const leading: readonly ReviewAction[] = [
  'fileStatement',
  'issueReview',
  'scoreStatement',
  'collectReview',
  'confirmReview',
  'editReview',
];

/** One leader's year: how the score is put together, his statement, what was decided. */
export function ReviewPage() {
  const { id = '' } = useParams();
  const read = useRead(reviews.viewReview, { params: { id } }, { keepFormer: false });
  const [action, setAction] = useState<ReviewAction | null>(null);
  const view = read.data;
  if (!view)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在计算…</p>
    );
  const { result } = view;
  const close = () => setAction(null);
  return (
    <>
      <PageHeader
        title={`${view.name}${view.year}年度个人考核`}
        tag={<StatusTag tone={reviewTone[view.state]}>{reviewLifecycle.states[view.state]}</StatusTag>}
        says={
          <>
            <span className="g-code">{view.number}</span>　{view.post}　依据：{view.basis}
          </>
        }
      />
      {result ? (
        <FigureStrip label="得分">
          <Figure
            name="得分"
            value={points(result.score)}
            unit="分"
            note={
              view.taken
                ? `取数封存于${view.taken.day}，指纹${view.taken.hash.slice(0, 12)}${view.taken.intact ? '' : '，内容与指纹不符'}`
                : '随台账实时计算'
            }
          />
          <Figure name={view.taken ? '等次' : '暂列等次'} value={result.gradeName} />
        </FigureStrip>
      ) : null}
      <Card>
        <p>
          下一步：<b>{view.nextStep}</b>
        </p>
        {view.opinion === null ? null : (
          <p>
            {view.confirmedByName}于{view.confirmedOn}核定：{view.opinion}
          </p>
        )}
        <div className="g-no-print">
          <CaseActions
            offers={view.offers}
            leading={leading}
            grave={['dropReview']}
            onChoose={(chosen) => setAction(chosen as ReviewAction)}
          />
        </div>
      </Card>
      {result && result.vetoes.length > 0 ? (
        <div className="a-troubles a-said" role="status">
          {result.vetoes.map((veto) => (
            <p key={veto.number}>
              <b>
                {veto.unitName}一票否决：{veto.name}
              </b>
              （<Link to="/assessment/vetoes">{veto.number}</Link>）
            </p>
          ))}
          <p>{result.says}。</p>
        </div>
      ) : null}
      <div className="g-case-columns">
        <div>
          {result ? (
            <Card title="得分怎样构成">
              <div className="a-scroll">
                <table className="a-table a-stack">
                  <thead>
                    <tr>
                      <th>部分</th>
                      <th>内容</th>
                      <th className="a-right">比例</th>
                      <th className="a-right">折算满分</th>
                      <th className="a-right">百分制</th>
                      <th className="a-right">得分</th>
                    </tr>
                  </thead>
                  <tbody>
                    {result.lines.map((line) => (
                      <tr key={`${line.part}${line.name}`} className={line.max === 0 ? 'a-none' : ''}>
                        <td>{reviewParts[line.part]}</td>
                        <td>
                          {line.to === null ? <b>{line.name}</b> : <Link to={line.to}>{line.name}</Link>}
                          <div className="g-quiet">{line.says}</div>
                        </td>
                        <td className="a-right g-figures" data-name="比例">
                          {line.share}%
                        </td>
                        <td className="a-right g-figures" data-name="折算满分">
                          {points(line.max)}
                        </td>
                        <td className="a-right g-figures" data-name="百分制">
                          {line.value === null ? (line.max === 0 ? '不考' : '等待') : points(line.value)}
                        </td>
                        <td className="a-right g-figures" data-name="得分">
                          <b>{points(line.score)}</b>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <p className="g-quiet">
                得分＝折算满分×百分制÷100，各项相加；没有可考内容的，比例分摊到其余各项。{result.says}。
              </p>
            </Card>
          ) : null}
          <Card title="述职（安全生产履职部分）">
            {view.statement === null ? (
              <p className="g-empty">本人还没有报送述职。</p>
            ) : (
              <>
                <p className="a-text">{view.statement.text}</p>
                <p>
                  {view.files
                    .filter((file) => view.statement?.fileIds.includes(file.id))
                    .map((file) => (
                      <a key={file.id} className="a-proof" href={files.openFile.address({ params: { id: file.id } })}>
                        {file.name}
                      </a>
                    ))}
                </p>
                <p className="g-quiet">
                  {view.statement.on}报送
                  {view.statementScore === null
                    ? '，等待评议'
                    : `；${view.statementScore.byName}评议${view.statementScore.score}分：${view.statementScore.opinion}`}
                </p>
              </>
            )}
          </Card>
          <Card title="等次">
            <ul className="a-rules">
              {view.grades.map((grade) => (
                <li key={grade.name}>
                  <b>{grade.name}</b>：{grade.from}分及以上
                </li>
              ))}
              <li>
                {view.vetoGrade === null
                  ? '分管单位的一票否决情形不影响个人等次。'
                  : `分管单位有已认定的一票否决情形的，最高定为${view.vetoGrade}。`}
              </li>
            </ul>
          </Card>
        </div>
        <CaseRecord facts={view.facts} />
      </div>
      {action === null ? null : <Act action={action} view={view} onClose={close} />}
    </>
  );
}

const plain: Readonly<Partial<Record<ReviewAction, { says: string; label?: string; danger?: true }>>> = {
  issueReview: { says: '下达后本人可以看到构成和得分，报送述职。' },
  collectReview: { says: '取数封存分管单位得分、履职清单和述职评议，得分不再随台账变动，由另一位同志核定。' },
  sendBackReview: { says: '退回后重新取数评定，原来的结果留在记录里。', label: '原因' },
  confirmReview: { says: '核定之后不再改动。', label: '核定意见' },
  dropReview: { says: '作废后不能恢复。', label: '原因', danger: true },
};
const calls = {
  issueReview: caseCall(reviews.issueReview),
  collectReview: caseCall(reviews.collectReview),
  sendBackReview: caseCall(reviews.sendBackReview),
  confirmReview: caseCall(reviews.confirmReview),
  dropReview: caseCall(reviews.dropReview),
} as const;

function Act({ action, view, onClose }: { action: ReviewAction; view: ReviewView; onClose: () => void }) {
  const { may } = useSession();
  const list = useRead(
    reviews.listReviews,
    { query: { year: view.year } },
    { enabled: action === 'editReview' && may('assessment.draft') },
  );
  if (action === 'editReview')
    return list.data ? <ReviewDialog view={view} dutyLists={list.data.dutyLists} onClose={onClose} /> : null;
  if (action === 'fileStatement') return <Statement view={view} onClose={onClose} />;
  if (action === 'scoreStatement') return <Judge view={view} onClose={onClose} />;
  const form = plain[action];
  const word = reviewLifecycle.actions[action];
  return (
    <PlainDialog
      title={`${word}：${view.name}`}
      okText={`确认${word}`}
      says={form?.says}
      {...(form?.label ? { label: form.label } : {})}
      danger={form?.danger === true}
      call={calls[action]}
      params={{ id: view.id }}
      body={(text) => ({
        version: view.version,
        ...(form?.label ? { [action === 'confirmReview' ? 'opinion' : 'reason']: text } : {}),
      })}
      onClose={onClose}
    />
  );
}

function Statement({ view, onClose }: { view: ReviewView; onClose: () => void }) {
  const kept = useKeptDraft<{ text: string; fileIds: string[] }>(`review.statement.${view.id}`, {
    text: view.statement?.text ?? '',
    fileIds: view.statement?.fileIds ?? [],
  });
  const acting = useAct(reviews.fileStatement, {
    onDone: () => {
      kept.forget();
      onClose();
    },
  });
  return (
    <ActDialog
      title="报送述职：安全生产履职情况"
      okText="报送"
      width={720}
      acting={acting}
      onSend={() => void acting.act({ params: { id: view.id }, body: { version: view.version, ...kept.draft } })}
      onClose={onClose}
    >
      <p className="g-quiet">
        写明本年度抓安全生产的主要工作、存在的问题和打算，可以放进年度述职报告。已有记录：
        {view.result?.lines
          .filter((line) => line.part !== 'statement')
          .map((line) => `${line.name} ${line.says}`)
          .join('；') || '没有'}
        。
      </p>
      <TextField
        label="述职内容"
        rows={10}
        maxLength={8000}
        value={kept.draft.text}
        onChange={(text) => kept.setDraft((old) => ({ ...old, text }))}
      />
      <EvidenceField
        itemKind="leaderReview"
        itemId={view.id}
        label="附件"
        files={view.files}
        chosen={kept.draft.fileIds}
        onChange={(fileIds) => kept.setDraft((old) => ({ ...old, fileIds }))}
      />
    </ActDialog>
  );
}

function Judge({ view, onClose }: { view: ReviewView; onClose: () => void }) {
  const id = useId();
  const [score, setScore] = useState<number | null>(null);
  const [opinion, setOpinion] = useState('');
  const acting = useAct(reviews.scoreStatement, { onDone: onClose });
  return (
    <ActDialog
      title={`评议述职：${view.name}`}
      okText="确认评议"
      acting={acting}
      onSend={() =>
        void acting.act({ params: { id: view.id }, body: { version: view.version, score: score ?? -1, opinion } })
      }
      onClose={onClose}
    >
      <Labelled id={`${id}-score`} label="评议分（0到100分）" must>
        <InputNumber id={`${id}-score`} min={0} max={100} value={score} onChange={setScore} />
      </Labelled>
      <TextField label="意见" value={opinion} onChange={setOpinion} />
    </ActDialog>
  );
}
