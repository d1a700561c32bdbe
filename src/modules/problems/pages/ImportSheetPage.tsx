import { Alert, Button, Checkbox, Input, Radio, Select, Table } from 'antd';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import { FileUpload } from '../../../platform/web/parts/FileUpload.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { LongWork, useNewestWork } from '../../../platform/web/parts/LongWork.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { answers } from '../../../platform/web/use-read.ts';
import { batchSources } from '../batch.ts';
import { type SourceType, sourceWords } from '../problem.ts';
import type { SheetCheck, SheetOutcome } from '../sheet-result.ts';
import './batches.css';
import { batches } from './batch-client.ts';
import { ledgerAddress } from './problems-client.ts';

type Duplicates = 'skip' | 'merge' | 'register';

interface Choice {
  readonly title: string;
  readonly sourceType: SourceType;
  readonly sender: string | null;
  readonly duplicates: Duplicates;
  readonly leaveOutWrong: boolean;
}

/** Drop a workbook, read what is wrong row by row, decide about those that are known, register it as a whole. */
export function ImportSheetPage() {
  const [begun, setBegun] = useState<string | null>(null);
  const [entering, setEntering] = useState<string | null>(null);
  const checking = useNewestWork('problem.sheetCheck');
  const running = useNewestWork('problem.sheetEnter');
  const check = useAct(batches.checkProblemSheet, {
    quiet: true,
    onDone: ({ workId }) => {
      setEntering(null);
      setBegun(workId);
    },
  });
  const enter = useAct(batches.enterProblemSheet, { onDone: ({ workId }) => setEntering(workId) });
  const checkId = begun ?? (checking?.state === 'running' ? checking.id : null);
  const enterId = entering ?? (begun === null && running?.state === 'running' ? running.id : null);
  return (
    <>
      <PageHeader
        title="导入问题隐患表格"
        says="先核对，后登记：核对不改动任何内容。一张表最多五万行；列名不必和模板一样。"
        actions={<DownloadButton call={batches.problemSheetTemplate} input={{}} label="下载空白模板" />}
      />
      <Card>
        <FileUpload
          label="问题隐患表格（.xlsx）"
          extensions={['xlsx']}
          maxBytes={60 * 1024 * 1024}
          progress={check.progress}
          hint="各单位自己的台账可以直接用，只要有写问题的一列。要逐条对照原文校核的上级来文，请到「问题批次」导入。"
          onFiles={([file]) => file && void check.act({ file })}
        />
        <RefusalAlert refusal={check.refusal} onResend={check.resend} />
      </Card>
      {checkId !== null && enterId === null ? (
        <Card title="核对">
          <LongWork id={checkId}>
            {(work) => (
              <Checked
                name={work.sourceName ?? ''}
                found={work.result as SheetCheck}
                busy={enter.busy}
                onEnter={(choice) => void enter.act({ body: { checkId, ...choice } })}
              />
            )}
          </LongWork>
          <RefusalAlert refusal={enter.refusal} onResend={enter.resend} />
        </Card>
      ) : null}
      {enterId === null ? null : (
        <Card title="登记">
          <LongWork id={enterId} onEnded={() => void answers.invalidateQueries()}>
            {(work) => <Entered did={work.result as SheetOutcome} />}
          </LongWork>
        </Card>
      )}
    </>
  );
}

const levelWord = { wrong: '错误', doubt: '提醒' } as const;

function Checked(props: { name: string; found: SheetCheck; busy: boolean; onEnter: (choice: Choice) => void }) {
  const { found } = props;
  const id = useId();
  const [title, setTitle] = useState(props.name.replace(/\.xlsx$/i, ''));
  const [sourceType, setSource] = useState<SourceType>('specialCheck');
  const [sender, setSender] = useState('');
  const [duplicates, setDuplicates] = useState<Duplicates>('skip');
  const [leaveOut, setLeaveOut] = useState(false);
  const known = found.inLedger + found.inSheet;
  const nothing = found.fresh + (duplicates === 'register' ? known : duplicates === 'merge' ? found.inLedger : 0) === 0;
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
      {found.importedBefore ? (
        <Alert
          type="warning"
          showIcon
          title={`这张表已经导入过，即${found.importedBefore}。`}
          style={{ marginBottom: 12 }}
        />
      ) : null}
      <FigureStrip label="核对结果">
        <Figure name="可以登记" value={found.fresh} unit="行" />
        <Figure name="台账中已有" value={found.inLedger} unit="行" />
        <Figure name="表内重复" value={found.inSheet} unit="行" />
        <Figure name="有错误" value={found.wrong} unit="行" {...(found.wrong > 0 ? { colour: 'red' as const } : {})} />
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
            pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
            dataSource={[...found.troubles]}
            columns={[
              { title: '级别', dataIndex: 'level', width: 64, render: (level: 'wrong' | 'doubt') => levelWord[level] },
              {
                title: '位置',
                dataIndex: 'cell',
                width: 100,
                render: (cell: string, one) => cell || `第 ${one.row} 行`,
              },
              { title: '列', dataIndex: 'column', width: 140 },
              { title: '问题', dataIndex: 'says' },
              { title: '怎样改', dataIndex: 'mend' },
            ]}
          />
          <p className="g-quiet">这里最多列出 300 处，错误在前。逐行报告是原表加上「问题」和「结果」两列。</p>
        </div>
      ) : null}
      {found.unusable ? (
        <Alert
          type="error"
          showIcon
          style={{ marginTop: 12 }}
          title="认不出表头，不能导入。请按提示改好后重新选择文件。"
        />
      ) : (
        <div className="b-form" style={{ marginTop: 12 }}>
          <div className="b-grid">
            <Labelled id={`${id}title`} label="这一批的名称" must>
              <Input
                id={`${id}title`}
                maxLength={120}
                value={title}
                onChange={(event) => setTitle(event.target.value)}
              />
            </Labelled>
            <Labelled id={`${id}source`} label="来源" must>
              <Select<SourceType>
                id={`${id}source`}
                style={{ width: '100%' }}
                value={sourceType}
                options={batchSources.map((value) => ({ value, label: sourceWords[value] }))}
                onChange={setSource}
              />
            </Labelled>
            <Labelled id={`${id}sender`} label="检查组、来文单位">
              <Input
                id={`${id}sender`}
                maxLength={120}
                value={sender}
                onChange={(event) => setSender(event.target.value)}
              />
            </Labelled>
          </div>
          {known > 0 ? (
            <div className="g-field">
              <p>重复的 {known} 行怎样处理：</p>
              <Radio.Group
                aria-label="重复的怎样处理"
                value={duplicates}
                onChange={(event) => setDuplicates(event.target.value as Duplicates)}
                options={[
                  { value: 'skip', label: '跳过' },
                  { value: 'merge', label: '台账中已有的并入原编号，表内重复的跳过' },
                  { value: 'register', label: '不是同一个问题，另行登记' },
                ]}
              />
            </div>
          ) : null}
          {found.wrong > 0 ? (
            <p>
              <Checkbox checked={leaveOut} onChange={(event) => setLeaveOut(event.target.checked)}>
                跳过有错误的 {found.wrong} 行，只登记其余的行
              </Checkbox>
            </p>
          ) : null}
          <Button
            type="primary"
            loading={props.busy}
            disabled={nothing || title.trim() === '' || (found.wrong > 0 && !leaveOut)}
            onClick={() =>
              props.onEnter({ title, sourceType, sender: sender.trim() || null, duplicates, leaveOutWrong: leaveOut })
            }
          >
            登记
          </Button>
          {nothing ? <span className="g-quiet">　没有需要登记的内容。</span> : null}
        </div>
      )}
    </>
  );
}

function Entered({ did }: { did: SheetOutcome }) {
  const parts = [
    `登记 ${did.registered} 条${did.first ? `（${did.first} 至 ${did.last}）` : ''}`,
    ...(did.merged > 0 ? [`并入已有 ${did.merged} 条`] : []),
    ...(did.skipped > 0 ? [`跳过重复 ${did.skipped} 行`] : []),
    ...(did.leftOut > 0 ? [`有错误未登记 ${did.leftOut} 行`] : []),
  ];
  return (
    <Alert
      type="success"
      showIcon
      title={`${did.batch}：${parts.join('，')}。`}
      action={<Link to={ledgerAddress({ batch: did.batchId, lamp: null })}>在台账中查看</Link>}
    />
  );
}
