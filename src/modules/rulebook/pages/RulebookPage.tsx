import { Alert, Button, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ResponseOf } from '../../../kernel/contract.ts';
import '../../../platform/web/case.css';
import { client } from '../../../platform/web/client.ts';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { FileUpload } from '../../../platform/web/parts/FileUpload.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag, type StatusTone } from '../../../platform/web/parts/StatusTag.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { rulebookApi } from '../api.ts';
import './rulebook.css';

const api = client(rulebookApi);
type Report = ResponseOf<typeof rulebookApi.checkRulebook>;
type Outcome = Report['rows'][number]['outcome'];

/** Where each kind is looked at and kept, one by one. */
const pageOf: Readonly<Record<string, string>> = {
  报送制度: '/report-rhythms',
  通报种类: '/bulletin-forms',
  督促规则: '/pressure-rules',
  应挂牌规则: '/listing-rules',
  会议要求: '/meeting-obligations',
  重点时段: '/special-periods',
  职责清单: '/duty-lists',
  发文机关: '/document-templates',
  发文代字: '/document-templates',
};
/** What is brought in on pages of its own, because it is no table. */
const elsewhere = [
  ['组织机构', '/units/import', '单位、人员、别名、分组，用表格导入'],
  ['公文模板', '/document-templates', '每种公文换用自己的 .docx 模板'],
  ['考核方案', '/assessment/new', '起草考核方案时导入 .json 或 .xlsx；方案页可以导出'],
  ['判定标准', '/problem-criteria', '重大隐患判定标准，用表格导入'],
  ['挂图底图', '/wall/map', '本地区的边界图形'],
] as const;

const outcomeWords: Readonly<Record<Outcome, string>> = {
  added: '新增',
  changed: '换新版',
  ended: '停用',
  same: '不变',
  wrong: '有错误',
};
const levelWord = { wrong: '错误', doubt: '提醒' } as const;
const outcomeTone: Readonly<Record<Outcome, StatusTone>> = {
  added: 'done',
  changed: 'active',
  ended: 'stopped',
  same: 'stopped',
  wrong: 'alarm',
};
const count = (report: Report, outcome: Outcome): number => report.rows.filter((row) => row.outcome === outcome).length;

function Findings({ report }: { report: Report }) {
  const said = (Object.keys(outcomeWords) as Outcome[])
    .map((one) => [outcomeWords[one], count(report, one)] as const)
    .filter(([, number]) => number > 0)
    .map(([word, number]) => `${word} ${number} 条`);
  const shown = report.rows.filter((row) => row.outcome !== 'same' && row.outcome !== 'wrong');
  return (
    <>
      <p className="g-rulebook-said">
        {said.length > 0 ? `共读出 ${report.rows.length} 条：${said.join('，')}。` : '没有读出内容。'}
      </p>
      {report.troubles.length > 0 ? (
        <div className="g-scroll-x">
          <Table
            rowKey={(one) => `${one.sheet}/${one.row}/${one.column}/${one.says}`}
            size="small"
            bordered
            pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
            dataSource={report.troubles}
            columns={[
              { title: '级别', dataIndex: 'level', width: 64, render: (level: 'wrong' | 'doubt') => levelWord[level] },
              { title: '工作表', dataIndex: 'sheet', width: 110 },
              { title: '行', dataIndex: 'row', width: 56, align: 'right' },
              { title: '列', dataIndex: 'column', width: 140, render: (column: string) => column.replace(/ \*$/, '') },
              { title: '问题', dataIndex: 'says' },
              { title: '怎样改', dataIndex: 'mend' },
            ]}
          />
        </div>
      ) : null}
      {shown.length > 0 ? (
        <div className="g-scroll-x">
          <Table
            rowKey={(row) => `${row.sheet}/${row.row}`}
            size="small"
            bordered
            pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
            dataSource={shown}
            columns={[
              { title: '工作表', dataIndex: 'sheet', width: 110 },
              { title: '行', dataIndex: 'row', width: 56, align: 'right' },
              { title: '名称', dataIndex: 'name' },
              {
                title: '结果',
                dataIndex: 'outcome',
                width: 96,
                render: (outcome: Outcome) => (
                  <StatusTag tone={outcomeTone[outcome]}>{outcomeWords[outcome]}</StatusTag>
                ),
              },
              { title: '说明', dataIndex: 'says' },
            ]}
          />
        </div>
      ) : null}
    </>
  );
}

/** 规则与样式: everything in which one place differs from another, out as a workbook and in again. */
export function RulebookPage() {
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const read = useRead(api.readRulebook);
  const check = useAct(api.checkRulebook, { quiet: true, onDone: setReport });
  const enter = useAct(api.importRulebook, { onDone: setReport });
  const take = (list: readonly File[]) => {
    const [first] = list;
    if (!first) return;
    setFile(first);
    setReport(null);
    enter.clear();
    void check.act({ file: first });
  };
  const wrong = report?.troubles.some((one) => one.level === 'wrong') ?? false;
  const changes = report === null ? 0 : report.rows.filter((row) => row.outcome !== 'same').length;
  return (
    <>
      <PageHeader
        title="规则与样式"
        says="报送制度、通报种类、督促规则、会议要求等本地规定都是数据：导出成一个表格，改好再导入；别处用得好的，也可以拿来改名后导入。"
        actions={
          <>
            <DownloadButton call={api.downloadRulebookTemplate} input={{}} label="下载空白表" />
            <DownloadButton call={api.exportRulebook} input={{}} label="导出现行规定" />
          </>
        }
      />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      <Card title="导入">
        <FileUpload
          label="规则与样式表格（.xlsx）"
          extensions={['xlsx']}
          maxBytes={10 * 1024 * 1024}
          progress={check.progress ?? enter.progress}
          hint="先核对，后写入：有一处不对就一行也不写入。反复导入同一张表不会重复；表中没有的规定不受影响。"
          onFiles={take}
        />
        {check.busy ? <p role="status">正在核对“{file?.name}”…</p> : null}
        <RefusalAlert refusal={check.refusal ?? enter.refusal} onResend={check.refusal ? check.resend : enter.resend} />
      </Card>
      {report ? (
        <Card title={`核对结果：${file?.name ?? ''}`}>
          {report.applied ? (
            <Alert type="success" showIcon title="已写入，从各自的起始日期起执行。" />
          ) : wrong ? (
            <Alert type="warning" showIcon title="有错误，没有写入。请按“怎样改”改好后重新选择文件。" />
          ) : changes === 0 ? (
            <Alert type="info" showIcon title="表中的规定系统里都有，没有要写入的。" />
          ) : (
            <Alert type="success" showIcon title="没有发现错误，可以写入。" />
          )}
          <Findings report={report} />
          {!wrong && !report.applied && changes > 0 && file ? (
            <Button
              type="primary"
              style={{ marginTop: 12 }}
              loading={enter.busy}
              onClick={() => void enter.act({ file })}
            >
              写入
            </Button>
          ) : null}
        </Card>
      ) : null}
      <Card title="现有规定">
        <ul className="g-rulebook-kinds">
          {(read.data?.sheets ?? []).map((one) => {
            const path = pageOf[one.name];
            return (
              <li key={one.name}>
                {path ? <Link to={path}>{one.name}</Link> : <b>{one.name}</b>}
                <span className="g-quiet">
                  {path === '/document-templates' || !path
                    ? path || one.inForce > 0
                      ? `已填 ${one.inForce} 项，共 ${one.all} 项`
                      : `共 ${one.all} 项，都按通常的办`
                    : one.all === 0
                      ? '还没有'
                      : `现行 ${one.inForce} 条${one.all > one.inForce ? `，另有 ${one.all - one.inForce} 条未到或已过` : ''}`}
                </span>
              </li>
            );
          })}
        </ul>
      </Card>
      <Card title="在各自的页面导入">
        <ul className="g-rulebook-kinds">
          {elsewhere.map(([name, path, says]) => (
            <li key={name}>
              <Link to={path}>{name}</Link>
              <span className="g-quiet">{says}</span>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
