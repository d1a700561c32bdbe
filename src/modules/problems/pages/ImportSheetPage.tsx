import { Alert, Input, Radio, Select } from 'antd';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import {
  EnterSheet,
  FoundSheets,
  SheetImport,
  SheetTroubles,
  UnusableSheet,
  useSheetSteps,
} from '../../../platform/web/parts/SheetImport.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
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
  const steps = useSheetSteps('problem.sheetCheck', 'problem.sheetEnter');
  const check = useAct(batches.checkProblemSheet, { quiet: true, onDone: steps.checkBegun });
  const enter = useAct(batches.enterProblemSheet, { onDone: steps.enterBegun });
  const { checkId } = steps;
  return (
    <SheetImport
      title="导入问题隐患表格"
      says="先核对，后登记：核对不改动任何内容。一张表最多五万行；列名不必和模板一样。"
      template={<DownloadButton call={batches.problemSheetTemplate} input={{}} label="下载空白模板" />}
      label="问题隐患表格（.xlsx）"
      hint="各单位自己的台账可以直接用，只要有写问题的一列。要逐条对照原文校核的上级来文，请到「问题批次」导入。"
      enterWord="登记"
      steps={steps}
      check={check}
      enter={enter}
      onFile={(file) => void check.act({ file })}
      checked={(work) => (
        <Checked
          name={work.sourceName ?? ''}
          found={work.result as SheetCheck}
          busy={enter.busy}
          onEnter={(choice) => checkId !== null && void enter.act({ body: { checkId, ...choice } })}
        />
      )}
      entered={(work) => <Entered did={work.result as SheetOutcome} />}
    />
  );
}

function Checked(props: { name: string; found: SheetCheck; busy: boolean; onEnter: (choice: Choice) => void }) {
  const { found } = props;
  const id = useId();
  const [title, setTitle] = useState(props.name.replace(/\.xlsx$/i, ''));
  const [sourceType, setSource] = useState<SourceType>('specialCheck');
  const [sender, setSender] = useState('');
  const [duplicates, setDuplicates] = useState<Duplicates>('skip');
  const known = found.inLedger + found.inSheet;
  const nothing = found.fresh + (duplicates === 'register' ? known : duplicates === 'merge' ? found.inLedger : 0) === 0;
  return (
    <>
      <FoundSheets name={props.name} sheets={found.sheets} />
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
      <SheetTroubles
        unknownUnits={found.unknownUnits}
        troubles={found.troubles}
        report="逐行报告是原表加上「问题」和「结果」两列。"
      />
      {found.unusable ? (
        <UnusableSheet />
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
          <EnterSheet
            word="登记"
            wrong={found.wrong}
            nothing={nothing}
            incomplete={title.trim() === ''}
            busy={props.busy}
            onEnter={(leaveOutWrong) =>
              props.onEnter({ title, sourceType, sender: sender.trim() || null, duplicates, leaveOutWrong })
            }
          />
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
