import { Link, useSearchParams } from 'react-router';
import { type CaseForm, caseCall } from '../../../platform/web/case-form.ts';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import type { PlainColumn } from '../../../platform/web/parts/PlainTable.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { letterLifecycle } from '../letter-lifecycle.ts';
import { relationWords } from '../responsibility.ts';
import { CaseList } from './CaseList.tsx';
import { blankParty, type LetterDraft, LetterFields, letterText } from './LetterFields.tsx';
import { duties, type LetterLine, letterTone } from './meetings-client.ts';

const form: CaseForm<'all', LetterDraft, null> = {
  fields: ['all'],
  call: caseCall(duties.makeLetter),
  body: (draft) => letterText(draft),
  wide: true,
  says: '目标写明数字，签订之后进入年度考核。系统能算的由系统算，其余的由人登记结果、附上证明。',
};

const columns: readonly PlainColumn<LetterLine>[] = [
  { title: '编号', nowrap: true, render: (row) => <Link to={`/responsibility-letters/${row.id}`}>{row.number}</Link> },
  { title: '甲方', render: (row) => row.partyA },
  { title: '乙方', render: (row) => <Link to={`/responsibility-letters/${row.id}`}>{row.partyB}</Link> },
  { title: '签字人', nowrap: true, render: (row) => row.signerB },
  { title: '关系', render: (row) => relationWords[row.relation] },
  {
    title: '目标',
    render: (row) => (
      <>
        {row.targets}项
        {row.missed > 0 ? (
          <>
            ，<span className="g-meet-behind">{row.missed}项没有达到</span>
          </>
        ) : null}
        {row.unknown > 0 ? <span className="g-quiet">，{row.unknown}项没有登记结果</span> : null}
      </>
    ),
  },
  {
    title: '状态',
    render: (row) => <StatusTag tone={letterTone[row.state]}>{letterLifecycle.states[row.state]}</StatusTag>,
  },
  {
    title: '签订日期',
    nowrap: true,
    render: (row) => row.signedOn ?? (row.unsignedDays === null ? '—' : `已${row.unsignedDays}天未签`),
  },
];

/** 责任书: which are signed and, first of all, which are not. */
export function LettersPage() {
  const { actor, today } = useSession();
  const [asked] = useSearchParams();
  const year = Number(asked.get('year')) || undefined;
  const only = asked.get('only') === 'unsigned' ? ('unsigned' as const) : undefined;
  const read = useRead(duties.listLetters, { query: { ...(year ? { year } : {}), ...(only ? { only } : {}) } });
  const found = read.data;
  const shown = year ?? found?.years[0] ?? Number(today.slice(0, 4));
  return (
    <CaseList<LetterLine, LetterDraft>
      title="责任书"
      says="本级政府主要负责人与分管负责人、与下级政府、与本级部门签订的年度安全生产目标管理责任书。"
      cardTitle={only ? '没有签订的责任书' : '责任书清单'}
      read={read}
      columns={columns}
      empty={only ? '都已经签订。' : '还没有责任书。'}
      make={actor?.roles.includes('officer') ? '拟定责任书' : null}
      dialog={{
        form,
        keep: 'letter.make',
        subject: `${shown}年`,
        begin: {
          relation: 'departments',
          title: `${shown}年度安全生产目标管理责任书`,
          year: shown,
          partyA: blankParty,
          partyB: blankParty,
          targets: [],
          duties: '',
          signedOn: null,
          signerA: '',
          signerB: '',
          reason: '',
          fileIds: [],
          target: null,
          value: null,
          upTo: null,
          note: '',
        },
        fields: (draft, change) => <LetterFields draft={draft} onChange={change} />,
      }}
    >
      {found ? (
        <FigureStrip label={`${shown}年责任书`}>
          <Figure name={`${shown}年应签订`} value={found.all} to={`/responsibility-letters?year=${shown}`} />
          <Figure name="已签订" value={found.signed} />
          <Figure
            name="没有签订"
            value={found.unsigned}
            to={`/responsibility-letters?year=${shown}&only=unsigned`}
            {...(found.unsigned > 0 ? { colour: 'red' as const } : {})}
          />
        </FigureStrip>
      ) : null}
    </CaseList>
  );
}
