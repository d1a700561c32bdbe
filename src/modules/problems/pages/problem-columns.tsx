import { Link } from 'react-router';
import { Lamp } from '../../../platform/web/parts/Lamp.tsx';
import type { LedgerColumn } from '../../../platform/web/parts/LedgerTable.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { problemLifecycle } from '../lifecycle.ts';
import { gradeWords, problemKindWords, sourceWords } from '../problem.ts';
import { fileAddress, type ProblemLine, stateTone } from './problems-client.ts';

/** Grade in its word; only major is red. */
export function Grade({ grade }: { grade: ProblemLine['grade'] }) {
  return grade === 'major' ? <span className="g-major">重大</span> : <span>{gradeWords[grade]}</span>;
}

/** What else is to be known of a problem at a glance. */
export function Marks({ row }: { row: ProblemLine }) {
  const marks = [
    ...(row.listed ? ['挂牌督办'] : []),
    ...(row.cycle > 1 ? [`重开${row.cycle - 1}次`] : []),
    ...(row.sentBack > 0 ? [`退回${row.sentBack}次`] : []),
    ...(row.onSpot ? ['立查立改'] : []),
  ];
  return marks.length === 0 ? null : <span className="g-quiet"> {marks.join('，')}</span>;
}

/** All columns of the ledger; which are shown is each person's, or a saved view's, choice. */
export const problemColumns: readonly LedgerColumn<ProblemLine>[] = [
  {
    key: 'photo',
    title: '照片',
    width: 84,
    hidden: true,
    render: (row) =>
      row.photoId === null ? (
        <span className="g-quiet">无</span>
      ) : (
        <Link to={`/problems/${row.id}`} aria-label={`${row.number} 的照片`}>
          <img className="g-thumb-small" src={fileAddress(row.photoId)} alt="" loading="lazy" />
        </Link>
      ),
  },
  { key: 'lamp', title: '灯号', width: 132, render: (row) => <Lamp colour={row.lamp} reason={row.lampReason} /> },
  {
    key: 'number',
    title: '编号',
    width: 126,
    sorts: true,
    figures: true,
    render: (row) => <span className="g-code">{row.number}</span>,
  },
  {
    key: 'title',
    title: '问题',
    width: 226,
    render: (row) => (
      <>
        <Link to={`/problems/${row.id}`}>{row.title}</Link>
        <Marks row={row} />
      </>
    ),
  },
  { key: 'grade', title: '等级', width: 54, render: (row) => <Grade grade={row.grade} /> },
  { key: 'subject', title: '企业（对象）', width: 146, render: (row) => row.subject ?? '—' },
  { key: 'leadUnit', title: '责任单位', width: 106, render: (row) => row.leadUnitName },
  {
    key: 'due',
    title: '整改时限',
    width: 108,
    sorts: true,
    figures: true,
    render: (row) => (
      <>
        {row.dueOn}
        {row.extensions > 0 ? <span className="g-quiet"> 已延{row.extensions}次</span> : null}
      </>
    ),
  },
  {
    key: 'state',
    title: '状态',
    width: 94,
    render: (row) => <StatusTag tone={stateTone[row.state]}>{problemLifecycle.states[row.state]}</StatusTag>,
  },
  { key: 'source', title: '来源', width: 98, render: (row) => sourceWords[row.sourceType] },
  {
    key: 'found',
    title: '发现日期',
    width: 106,
    sorts: true,
    hidden: true,
    figures: true,
    render: (row) => row.foundOn,
  },
  { key: 'kind', title: '类别', width: 84, hidden: true, render: (row) => problemKindWords[row.kind] },
  { key: 'address', title: '地点', width: 180, hidden: true, render: (row) => row.address ?? '—' },
  { key: 'sector', title: '行业领域', width: 120, hidden: true, render: (row) => row.sector ?? '—' },
  { key: 'tags', title: '标签', width: 140, hidden: true, render: (row) => row.tags.join('、') || '—' },
  { key: 'person', title: '责任人', width: 80, hidden: true, render: (row) => row.personName ?? '未明确' },
  { key: 'supervising', title: '督办单位', width: 120, hidden: true, render: (row) => row.supervisingUnitName ?? '—' },
  { key: 'original', title: '来文编号', width: 120, hidden: true, render: (row) => row.originalNumber ?? '—' },
  { key: 'entered', title: '登记日期', width: 106, hidden: true, figures: true, render: (row) => row.enteredOn },
  {
    key: 'closed',
    title: '销号日期',
    width: 110,
    sorts: true,
    hidden: true,
    figures: true,
    render: (row) => row.closedOn ?? '—',
  },
];

/** A problem on a phone. */
export function ProblemCard({ row }: { row: ProblemLine }) {
  return (
    <>
      <p>
        <Lamp colour={row.lamp} reason={row.lampReason} /> <span className="g-code g-quiet">{row.number}</span>{' '}
        <Grade grade={row.grade} />
      </p>
      <p>
        <Link to={`/problems/${row.id}`}>{row.title}</Link>
        <Marks row={row} />
      </p>
      <p className="g-quiet">
        {row.subject ? `${row.subject}，` : ''}
        {row.leadUnitName}，时限 {row.dueOn}，{problemLifecycle.states[row.state]}
      </p>
    </>
  );
}
