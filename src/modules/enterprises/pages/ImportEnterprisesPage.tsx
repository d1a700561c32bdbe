import { Alert, Button, Checkbox, Radio, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import { FileUpload } from '../../../platform/web/parts/FileUpload.tsx';
import { LongWork, useNewestWork } from '../../../platform/web/parts/LongWork.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { answers } from '../../../platform/web/use-read.ts';
import type { ImportCheck, ImportOutcome } from '../import-result.ts';
import { api } from './enterprises-client.ts';

type Duplicates = 'skip' | 'update' | 'register';

/** Drop a list, read what is wrong cell by cell, decide about those that are known, enter it as a whole. */
export function ImportEnterprisesPage() {
  const [begun, setBegun] = useState<string | null>(null);
  const [entering, setEntering] = useState<string | null>(null);
  const newest = useNewestWork('enterprise.check');
  const check = useAct(api.checkEnterpriseImport, {
    quiet: true,
    onDone: ({ workId }) => {
      setEntering(null);
      setBegun(workId);
    },
  });
  const enter = useAct(api.importEnterprises, { onDone: ({ workId }) => setEntering(workId) });
  const checkId = begun ?? (newest?.state === 'running' ? newest.id : null);
  return (
    <>
      <PageHeader
        title="导入企业名录"
        says="先核对，后写入：核对不改动任何内容。同一张表可以反复导入，已有的不会重复登记。"
        actions={<DownloadButton call={api.enterpriseTemplate} input={{}} label="下载空白模板" />}
      />
      <Card>
        <FileUpload
          label="企业和场所名录（.xlsx）"
          extensions={['xlsx']}
          maxBytes={60 * 1024 * 1024}
          progress={check.progress}
          hint="各地的台账可以直接用，只要有“名称”一列；五万行约需半分钟。"
          onFiles={([file]) => file && void check.act({ file })}
        />
        <RefusalAlert refusal={check.refusal} onResend={check.resend} />
      </Card>
      {checkId !== null && entering === null ? (
        <Card title="核对">
          <LongWork id={checkId}>
            {(work) => (
              <Checked
                name={work.sourceName ?? ''}
                found={work.result as ImportCheck}
                busy={enter.busy}
                onEnter={(choice) => void enter.act({ body: { checkId, ...choice } })}
              />
            )}
          </LongWork>
          <RefusalAlert refusal={enter.refusal} onResend={enter.resend} />
        </Card>
      ) : null}
      {entering === null ? null : (
        <Card title="写入">
          <LongWork id={entering} onEnded={() => void answers.invalidateQueries()}>
            {(work) => <Entered did={work.result as ImportOutcome} />}
          </LongWork>
        </Card>
      )}
    </>
  );
}

const levelWord = { wrong: '错误', doubt: '提醒' } as const;

function Checked(props: {
  name: string;
  found: ImportCheck;
  busy: boolean;
  onEnter: (choice: { duplicates: Duplicates; leaveOutWrong: boolean }) => void;
}) {
  const { found } = props;
  const [duplicates, setDuplicates] = useState<Duplicates>('skip');
  const [leaveOut, setLeaveOut] = useState(false);
  const nothing =
    found.fresh + (duplicates === 'skip' ? 0 : found.existing) + (duplicates === 'register' ? found.twins : 0) === 0;
  return (
    <>
      <p>
        「{props.name}」
        {found.sheets
          .map(
            (sheet) =>
              `工作表「${sheet.name}」${sheet.rows} 行${sheet.unknown.length > 0 ? `，没有用到的列：${sheet.unknown.slice(0, 8).join('、')}` : ''}`,
          )
          .join('；')}
        。
      </p>
      <FigureStrip label="核对结果">
        <Figure name="新登记" value={found.fresh} unit="行" />
        <Figure name="名录中已有" value={found.existing} unit="行" />
        <Figure name="表内重复" value={found.twins} unit="行" />
        <Figure name="有错误" value={found.wrong} unit="行" />
        <Figure name="提醒" value={found.doubts} unit="处" />
      </FigureStrip>
      {found.unknownUnits.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          style={{ marginTop: 12 }}
          title={`有 ${found.unknownUnits.length} 个单位名称认不出，请在表中改成全称，或在「单位」里记为别名后重新核对。`}
          description={
            <ul className="g-plain-list">
              {found.unknownUnits.slice(0, 20).map((unit) => (
                <li key={unit.text}>
                  「{unit.text}」（{unit.rows} 行）
                  {unit.suggestions.length > 0
                    ? `：是不是 ${unit.suggestions.map((one) => `「${one}」`).join('、')}？`
                    : ''}
                </li>
              ))}
            </ul>
          }
        />
      ) : null}
      {found.troubles.length > 0 ? (
        <div style={{ overflowX: 'auto', marginTop: 12 }}>
          <Table
            rowKey={(one) => `${one.sheet}/${one.row}/${one.cell}/${one.says}`}
            size="small"
            bordered
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
            dataSource={found.troubles}
            columns={[
              { title: '级别', dataIndex: 'level', width: 64, render: (level: 'wrong' | 'doubt') => levelWord[level] },
              {
                title: '单元格',
                dataIndex: 'cell',
                width: 80,
                render: (cell: string, one) => cell || `第 ${one.row} 行`,
              },
              { title: '列', dataIndex: 'column', width: 140 },
              { title: '问题', dataIndex: 'says' },
              { title: '怎样改', dataIndex: 'mend' },
            ]}
          />
          <p className="g-quiet">这里最多列出 300 处，错误在前；全部问题和每一行的结果在逐行报告里。</p>
        </div>
      ) : null}
      {found.unusable ? (
        <Alert
          type="error"
          showIcon
          style={{ marginTop: 12 }}
          title="有工作表认不出表头，不能写入。请按提示改好后重新选择文件。"
        />
      ) : (
        <div style={{ marginTop: 12 }}>
          {found.existing + found.twins > 0 ? (
            <div className="g-field">
              <p>名录中已有的 {found.existing} 行怎样处理：</p>
              <Radio.Group
                aria-label="名录中已有的怎样处理"
                value={duplicates}
                onChange={(event) => setDuplicates(event.target.value as Duplicates)}
                options={[
                  { value: 'skip', label: '跳过，档案不变' },
                  { value: 'update', label: '合并：用表中填了的内容更新档案' },
                  { value: 'register', label: '不是同一家，另行登记' },
                ]}
              />
            </div>
          ) : null}
          {found.wrong > 0 ? (
            <p>
              <Checkbox checked={leaveOut} onChange={(event) => setLeaveOut(event.target.checked)}>
                跳过有错误的 {found.wrong} 行，只写入其余的行
              </Checkbox>
            </p>
          ) : null}
          <Button
            type="primary"
            loading={props.busy}
            disabled={nothing || (found.wrong > 0 && !leaveOut)}
            onClick={() => props.onEnter({ duplicates, leaveOutWrong: leaveOut })}
          >
            写入
          </Button>
          {nothing ? <span className="g-quiet">　没有需要写入的内容。</span> : null}
        </div>
      )}
    </>
  );
}

function Entered({ did }: { did: ImportOutcome }) {
  const parts = [
    `新登记 ${did.registered} 家${did.first ? `（${did.first} 至 ${did.last}）` : ''}`,
    `更新 ${did.updated} 家`,
    `没有变化 ${did.same} 家`,
    `跳过 ${did.skipped} 行`,
    ...(did.leftOut > 0 ? [`有错误未写入 ${did.leftOut} 行`] : []),
  ];
  return (
    <Alert
      type="success"
      showIcon
      title={`已写入：${parts.join('，')}。`}
      action={<Link to="/enterprises">查看名录</Link>}
    />
  );
}
