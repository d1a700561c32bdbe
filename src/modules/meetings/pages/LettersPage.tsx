import { Button } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { type CaseForm, caseCall } from '../../../platform/web/case-form.ts';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { letterLifecycle } from '../letter-lifecycle.ts';
import { relationWords } from '../responsibility.ts';
import { blankParty, type LetterDraft, LetterFields, letterText } from './LetterFields.tsx';
import './meetings.css';
import { duties, letterTone } from './meetings-client.ts';

const form: CaseForm<'all', LetterDraft, null> = {
  fields: ['all'],
  call: caseCall(duties.makeLetter),
  body: (draft) => letterText(draft),
  wide: true,
  says: '目标写明数字，签订之后进入年度考核。系统能算的由系统算，其余的由人登记结果、附上证明。',
};

/** 责任书: which are signed and, first of all, which are not. */
export function LettersPage() {
  const { actor, today } = useSession();
  const [asked] = useSearchParams();
  const [makes, setMakes] = useState(false);
  const year = Number(asked.get('year')) || undefined;
  const only = asked.get('only') === 'unsigned' ? ('unsigned' as const) : undefined;
  const read = useRead(duties.listLetters, { query: { ...(year ? { year } : {}), ...(only ? { only } : {}) } });
  const found = read.data;
  const shown = year ?? found?.years[0] ?? Number(today.slice(0, 4));
  return (
    <>
      <PageHeader
        title="责任书"
        says="本级政府主要负责人与分管负责人、与下级政府、与本级部门签订的年度安全生产目标管理责任书。"
        actions={
          actor?.roles.includes('officer') ? (
            <Button type="primary" onClick={() => setMakes(true)}>
              拟定责任书
            </Button>
          ) : null
        }
      />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
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
      <Card title={only ? '没有签订的责任书' : '责任书清单'}>
        {found && found.rows.length === 0 ? (
          <p className="g-empty">{only ? '都已经签订。' : '还没有责任书。'}</p>
        ) : (
          <div className="g-scroll-x">
            <table className="g-plain-table">
              <thead>
                <tr>
                  <th scope="col">编号</th>
                  <th scope="col">甲方</th>
                  <th scope="col">乙方</th>
                  <th scope="col">签字人</th>
                  <th scope="col">关系</th>
                  <th scope="col">目标</th>
                  <th scope="col">状态</th>
                  <th scope="col">签订日期</th>
                </tr>
              </thead>
              <tbody>
                {(found?.rows ?? []).map((row) => (
                  <tr key={row.id}>
                    <td className="g-nowrap">
                      <Link to={`/responsibility-letters/${row.id}`}>{row.number}</Link>
                    </td>
                    <td>{row.partyA}</td>
                    <td>{row.partyB}</td>
                    <td className="g-nowrap">{row.signerB}</td>
                    <td>{relationWords[row.relation]}</td>
                    <td className="g-figures">
                      {row.targets}项
                      {row.missed > 0 ? <span className="g-meet-behind">，{row.missed}项没有达到</span> : null}
                      {row.unknown > 0 ? <span className="g-quiet">，{row.unknown}项没有登记结果</span> : null}
                    </td>
                    <td>
                      <StatusTag tone={letterTone[row.state]}>{letterLifecycle.states[row.state]}</StatusTag>
                    </td>
                    <td className="g-nowrap g-figures">
                      {row.signedOn ?? (row.unsignedDays === null ? '—' : `已${row.unsignedDays}天未签`)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
      {makes ? (
        <CaseDialog<'all', LetterDraft, null>
          form={form}
          view={null}
          id=""
          keep="letter.make"
          word="拟定责任书"
          subject={`${shown}年`}
          begin={{
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
          }}
          fields={(draft, change) => <LetterFields draft={draft} onChange={change} />}
          onClose={() => setMakes(false)}
          onRefresh={() => void read.refetch()}
        />
      ) : null}
    </>
  );
}
