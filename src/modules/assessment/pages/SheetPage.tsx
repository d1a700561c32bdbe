import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import '../../../platform/web/case.css';
import { AsOf } from '../../../platform/web/parts/AsOf.tsx';
import { CaseRecord } from '../../../platform/web/parts/CaseRecord.tsx';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import { FileList } from '../../../platform/web/parts/FileList.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useAsOf } from '../../../platform/web/use-as-of.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { schemeLifecycle } from '../lifecycle.ts';
import { counts, indicatorParts, partCodes } from '../scheme.ts';
import { beforeSpreading } from '../sheet.ts';
import { AppealLines } from './AppealLines.tsx';
import './assessment.css';
import { api, files, openOf, pageOf, points, type SheetLine, schemeTone, type UnitSheet } from './assessment-client.ts';
import { SelfDialog, VerifyDialog } from './SelfDialogs.tsx';
import { AppealDialog, RectifyDialog, ScoreDialog } from './SheetDialogs.tsx';

type Open =
  | { readonly kind: 'self' | 'verify' }
  | { readonly kind: 'score' | 'appeal' | 'rectify'; readonly line: SheetLine };

/** One unit's sheet: the score as of any day with the working of every line, down to the records. */
export function SheetPage() {
  const { id = '', unitId = '' } = useParams();
  const { day, isPast } = useAsOf();
  const query = isPast ? { asOf: day } : {};
  const read = useRead(api.unitSheet, { params: { id, unitId }, query });
  const [open, setOpen] = useState<Open | null>(null);
  const sheet = read.data;
  if (!sheet)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在计算…</p>
    );
  const close = () => setOpen(null);
  return (
    <>
      <PageHeader
        title={`${sheet.unitName}考核表`}
        tag={<StatusTag tone={schemeTone[sheet.scheme.state]}>{schemeLifecycle.states[sheet.scheme.state]}</StatusTag>}
        says={
          <>
            <span className="a-said">
              <Link to={pageOf(id)}>{sheet.scheme.title}</Link>
            </span>
            　
            {sheet.sealed
              ? `取数封存，截至${sheet.day}，指纹${sheet.hash?.slice(0, 16) ?? ''}`
              : `按${sheet.day}的台账实时计算`}
          </>
        }
        actions={
          <>
            {sheet.lines.some((line) => line.scoring?.may) ? (
              <Button type="primary" onClick={() => setOpen({ kind: 'verify' })}>
                {sheet.self ? '逐项核验打分' : '逐项打分'}
              </Button>
            ) : null}
            {sheet.selfOffer.may ? (
              <Button type="primary" onClick={() => setOpen({ kind: 'self' })}>
                {sheet.self ? '修改自评' : '填写自评'}
              </Button>
            ) : null}
          </>
        }
      />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      <Totals sheet={sheet} />
      <Card title="逐项得分和算法" extra={<AsOf />}>
        {partCodes.map((part) => {
          const lines = sheet.lines.filter((line) => line.part === part);
          return lines.length === 0 ? null : (
            <section key={part} aria-label={indicatorParts[part]}>
              <h3 className="a-part">{indicatorParts[part]}</h3>
              <ul className="a-lines">
                {lines.map((line) => (
                  <Line
                    key={line.code}
                    line={line}
                    files={sheet.files}
                    onRectify={() => setOpen({ kind: 'rectify', line })}
                    onScore={() => setOpen({ kind: 'score', line })}
                    onAppeal={() => setOpen({ kind: 'appeal', line })}
                  />
                ))}
              </ul>
            </section>
          );
        })}
      </Card>
      <div className="g-case-columns">
        <div>
          <Card title="总分怎样得来">
            <dl className="a-working">
              {sheet.working.map((step) => (
                <div key={step.name}>
                  <dt>{step.name}</dt>
                  <dd>{step.says}。</dd>
                </div>
              ))}
            </dl>
          </Card>
          {sheet.self ? (
            <Card title={`自评 ${points(sheet.self.score)}分`}>
              <SelfAgainst sheet={sheet} />
              <p className="a-text">{sheet.self.text}</p>
              <p className="g-quiet">
                {sheet.self.byName}于{sheet.self.on}报送
              </p>
            </Card>
          ) : null}
          {sheet.appeals.length > 0 ? (
            <Card title="申诉">
              <AppealLines rows={sheet.appeals} />
            </Card>
          ) : null}
          {sheet.files.length > 0 ? (
            <Card title="证据材料">
              <FileList
                files={sheet.files.map((file) => ({
                  id: file.id,
                  name: file.name,
                  size: file.size,
                  href: files.openFile.address({ params: { id: file.id } }),
                }))}
              />
            </Card>
          ) : null}
          {sheet.selfOffer.may || sheet.self ? null : <p className="g-quiet">自评：{sheet.selfOffer.says}</p>}
        </div>
        {sheet.facts.length > 0 ? <CaseRecord facts={sheet.facts} /> : null}
      </div>
      {open?.kind === 'self' ? <SelfDialog sheet={sheet} onClose={close} /> : null}
      {open?.kind === 'verify' ? <VerifyDialog sheet={sheet} onClose={close} /> : null}
      {open?.kind === 'rectify' ? <RectifyDialog sheet={sheet} line={open.line} onClose={close} /> : null}
      {open?.kind === 'score' ? <ScoreDialog sheet={sheet} line={open.line} onClose={close} /> : null}
      {open?.kind === 'appeal' ? <AppealDialog sheet={sheet} line={open.line} onClose={close} /> : null}
    </>
  );
}

function Totals({ sheet }: { sheet: UnitSheet }) {
  const { total, standing } = sheet;
  return (
    <>
      <FigureStrip label="得分">
        <Figure
          name="得分"
          value={points(total.score)}
          unit="分"
          note={
            total.waiting > 0 ? `另有${total.waiting}项共${points(total.open)}分等待打分` : `满分${sheet.totalOf}分`
          }
        />
        <Figure name="共性、个性指标" value={points(total.base)} unit="分" />
        <Figure name="加分" value={points(total.bonus)} unit="分" />
        <Figure name="扣分" value={points(total.malus)} unit="分" />
        {standing ? (
          <Figure
            name="名次"
            value={standing.rank}
            unit={`/${standing.of}`}
            note={total.waiting > 0 ? `暂列${standing.gradeName}` : standing.gradeName}
          />
        ) : null}
      </FigureStrip>
      {sheet.vetoes.length > 0 || standing?.coupling ? (
        <div className="a-troubles a-said" role="status">
          {sheet.vetoes.map((veto) => (
            <p key={veto.id}>
              <b>一票否决：{veto.name}</b>（<Link to="/assessment/vetoes">{veto.number}</Link>），等次{veto.effect}
              规定的等次
              {standing ? `，${standing.gradeSays}` : ''}。
            </p>
          ))}
          {standing?.coupling ? <p>结果运用：{standing.coupling}。</p> : null}
        </div>
      ) : null}
    </>
  );
}

const gapOf = (score: number, own: number): number => Math.round((score - own) * 100) / 100;

/** How far the unit's own points lie from those that count, both before points were spread. */
function SelfAgainst({ sheet }: { sheet: UnitSheet }) {
  const known = sheet.lines.flatMap((line) => {
    const score = beforeSpreading(line);
    return line.self === null || score === null ? [] : [{ line, gap: gapOf(score, line.self.score) }];
  });
  const off = known.filter((one) => one.gap !== 0);
  const open = sheet.lines.filter((line) => line.self !== null && line.score === null).length;
  const all = known.reduce((sum, { line, gap }) => sum + (line.part === 'malus' ? -gap : gap), 0);
  const sum = gapOf(all, 0);
  const against = sum === 0 ? '与自评合计相同' : `比自评${sum > 0 ? '高' : '低'}${Math.abs(sum)}分`;
  return (
    <p>
      {open > 0 ? `还有${open}项没有核验。` : ''}
      {off.length === 0
        ? '已核定的各项与自评一致。'
        : `按分摊前的分值比较，核定${against}，有${off.length}项不同：${off.map(({ line }) => line.name).join('、')}。`}
    </p>
  );
}

/** Of one line: by how much what counts differs from the unit's own points. */
function Gap({ line }: { line: SheetLine }) {
  const score = beforeSpreading(line);
  const gap = line.self === null || score === null ? 0 : gapOf(score, line.self.score);
  if (gap === 0) return null;
  return (
    <b className="a-gap">
      {line.part === 'malus' ? '核定扣分' : '核定'}
      {gap > 0 ? '多' : '少'}
      {Math.abs(gap)}分
    </b>
  );
}

function Line(props: {
  line: SheetLine;
  files: UnitSheet['files'];
  onScore: () => void;
  onAppeal: () => void;
  onRectify: () => void;
}) {
  const { line } = props;
  return (
    <li className={line.applies ? '' : 'a-none'}>
      <div className="a-line-head">
        <b>{line.name}</b>
        <span className="a-score g-figures">
          {counts(line) && !line.applies && line.score === 0 ? (
            <small>不考</small>
          ) : (
            <>
              {line.part === 'malus' ? '扣' : ''}
              {line.score === null ? '待打分' : points(line.score)}
              <small> / {line.max}</small>
            </>
          )}
        </span>
      </div>
      <p className="g-quiet">{line.rule}。</p>
      <p>
        {line.parts.map((part) => {
          const to = openOf(part);
          return (
            <span key={part.word} className="a-counted">
              {part.word}
              {to === null ? <b className="g-figures">{part.count}</b> : <Link to={to}>{part.count}</Link>}
            </span>
          );
        })}
        {line.parts.length > 0 ? '→ ' : ''}
        <span>{line.says}。</span>
      </p>
      {line.self ? (
        <p className="g-quiet">
          自评{line.self.score}分
          <Gap line={line} />
          {line.self.text === '' ? '' : `：${line.self.text}`}
          <Proofs ids={line.self.fileIds} files={props.files} />
        </p>
      ) : null}
      {line.rectified ? (
        <p>
          对标整改：
          <Link to={`/tasks/${line.rectified.taskId}`}>{line.rectified.taskNumber}</Link>　{line.rectified.text}（
          {line.rectified.dueOn}前{line.rectified.stateWord === null ? '' : `，${line.rectified.stateWord}`}）
        </p>
      ) : null}
      {line.given.length > 1 || line.given.some((one) => one.kind === 'appeal') ? (
        <details>
          <summary>打分与更正的经过（{line.given.length}次）</summary>
          <ul className="a-rules">
            {line.given.map((one) => (
              <li key={`${one.day}${one.kind}${one.score}${one.says}`}>
                {one.day} {one.unitName ?? ''}
                {one.byName}
                {one.kind === 'hand' ? '打' : '更正为'}
                {one.score}分{one.before === null ? '' : `（原${one.before}分）`}：{one.says}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {line.scoring?.may || line.appealing?.may || line.rectifying?.may ? (
        <div className="g-row g-no-print">
          {line.scoring?.may ? (
            <Button size="small" type={line.score === null ? 'primary' : 'default'} onClick={props.onScore}>
              {line.score === null ? '打分' : '改分'}
            </Button>
          ) : null}
          {line.appealing?.may ? (
            <Button size="small" onClick={props.onAppeal}>
              申诉
            </Button>
          ) : null}
          {line.rectifying?.may ? (
            <Button size="small" onClick={props.onRectify}>
              布置整改
            </Button>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}

/** Links to the files that prove a claim. */
function Proofs({ ids, files: known }: { ids: readonly string[]; files: UnitSheet['files'] }) {
  return known
    .filter((file) => ids.includes(file.id))
    .map((file) => (
      <a key={file.id} className="a-proof" href={files.openFile.address({ params: { id: file.id } })}>
        {file.name}
      </a>
    ));
}
