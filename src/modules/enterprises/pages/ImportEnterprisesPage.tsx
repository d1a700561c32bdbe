import { Alert, Radio } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import {
  EnterSheet,
  FoundSheets,
  SheetImport,
  SheetTroubles,
  UnusableSheet,
  useSheetSteps,
} from '../../../platform/web/parts/SheetImport.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import type { ImportCheck, ImportOutcome } from '../import-result.ts';
import { api } from './enterprises-client.ts';

type Duplicates = 'skip' | 'update' | 'register';

/** Drop a list, read what is wrong cell by cell, decide about those that are known, enter it as a whole. */
export function ImportEnterprisesPage() {
  const steps = useSheetSteps('enterprise.check', 'enterprise.import');
  const check = useAct(api.checkEnterpriseImport, { quiet: true, onDone: steps.checkBegun });
  const enter = useAct(api.importEnterprises, { onDone: steps.enterBegun });
  const { checkId } = steps;
  return (
    <SheetImport
      title="导入企业名录"
      says="先核对，后写入：核对不改动任何内容。同一张表可以反复导入，已有的不会重复登记。"
      template={<DownloadButton call={api.enterpriseTemplate} input={{}} label="下载空白模板" />}
      label="企业和场所名录（.xlsx）"
      hint="各地的台账可以直接用，只要有“名称”一列；五万行约需半分钟。"
      enterWord="写入"
      steps={steps}
      check={check}
      enter={enter}
      onFile={(file) => void check.act({ file })}
      checked={(work) => (
        <Checked
          name={work.sourceName ?? ''}
          found={work.result as ImportCheck}
          busy={enter.busy}
          onEnter={(choice) => checkId !== null && void enter.act({ body: { checkId, ...choice } })}
        />
      )}
      entered={(work) => <Entered did={work.result as ImportOutcome} />}
    />
  );
}

function Checked(props: {
  name: string;
  found: ImportCheck;
  busy: boolean;
  onEnter: (choice: { duplicates: Duplicates; leaveOutWrong: boolean }) => void;
}) {
  const { found } = props;
  const [duplicates, setDuplicates] = useState<Duplicates>('skip');
  const nothing =
    found.fresh + (duplicates === 'skip' ? 0 : found.existing) + (duplicates === 'register' ? found.twins : 0) === 0;
  return (
    <>
      <FoundSheets name={props.name} sheets={found.sheets} />
      <FigureStrip label="核对结果">
        <Figure name="新登记" value={found.fresh} unit="行" />
        <Figure name="名录中已有" value={found.existing} unit="行" />
        <Figure name="表内重复" value={found.twins} unit="行" />
        <Figure name="有错误" value={found.wrong} unit="行" {...(found.wrong > 0 ? { colour: 'red' as const } : {})} />
        <Figure name="提醒" value={found.doubts} unit="处" />
      </FigureStrip>
      <SheetTroubles
        unknownUnits={found.unknownUnits}
        troubles={found.troubles}
        report="全部问题和每一行的结果在逐行报告里。"
      />
      {found.unusable ? (
        <UnusableSheet />
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
          <EnterSheet
            word="写入"
            wrong={found.wrong}
            nothing={nothing}
            busy={props.busy}
            onEnter={(leaveOutWrong) => props.onEnter({ duplicates, leaveOutWrong })}
          />
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
