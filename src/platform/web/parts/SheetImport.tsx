import { Alert, Button, Checkbox, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import type { RowTrouble } from '../../../kernel/sheet-form.ts';
import type { RefusedError } from '../refused.ts';
import { answers } from '../use-read.ts';
import { FileUpload } from './FileUpload.tsx';
import { LongWork, type LongWorkView, useNewestWork } from './LongWork.tsx';
import { Card, PageHeader } from './PageHeader.tsx';
import { RefusalAlert } from './RefusalAlert.tsx';

/** Which of the two steps of an import is shown: found again after the page was left while one of them runs. */
export function useSheetSteps(checkKind: string, enterKind: string) {
  const [checking, setChecking] = useState<string | null>(null);
  const [entering, setEntering] = useState<string | null>(null);
  const newestCheck = useNewestWork(checkKind);
  const newestEnter = useNewestWork(enterKind);
  const running = (work: LongWorkView | null | undefined): string | null =>
    work?.state === 'running' ? work.id : null;
  return {
    checkId: checking ?? running(newestCheck),
    enterId: entering ?? (checking === null ? running(newestEnter) : null),
    checkBegun: ({ workId }: { workId: string }) => {
      setEntering(null);
      setChecking(workId);
    },
    enterBegun: ({ workId }: { workId: string }) => setEntering(workId),
  };
}

interface Step {
  readonly progress: number | null;
  readonly refusal: RefusedError | null;
  readonly resend: () => Promise<unknown>;
}

/** A workbook in two steps: dropped and checked without changing anything, then entered as a whole. */
export function SheetImport(props: {
  readonly title: string;
  readonly says: string;
  readonly template: ReactNode;
  readonly label: string;
  readonly hint: string;
  /** 登记, 写入: what the second step is called. */
  readonly enterWord: string;
  readonly steps: { readonly checkId: string | null; readonly enterId: string | null };
  readonly check: Step;
  readonly enter: Step;
  readonly onFile: (file: File) => void;
  readonly checked: (work: LongWorkView) => ReactNode;
  readonly entered: (work: LongWorkView) => ReactNode;
}) {
  const { checkId, enterId } = props.steps;
  return (
    <>
      <PageHeader title={props.title} says={props.says} actions={props.template} />
      <Card>
        <FileUpload
          label={props.label}
          extensions={['xlsx']}
          maxBytes={60 * 1024 * 1024}
          progress={props.check.progress}
          hint={props.hint}
          onFiles={([file]) => file && props.onFile(file)}
        />
        <RefusalAlert refusal={props.check.refusal} onResend={props.check.resend} />
      </Card>
      {checkId !== null && enterId === null ? (
        <Card title="核对">
          <LongWork id={checkId}>{props.checked}</LongWork>
          <RefusalAlert refusal={props.enter.refusal} onResend={props.enter.resend} />
        </Card>
      ) : null}
      {enterId === null ? null : (
        <Card title={props.enterWord}>
          <LongWork id={enterId} onEnded={() => void answers.invalidateQueries()}>
            {props.entered}
          </LongWork>
        </Card>
      )}
    </>
  );
}

interface FoundSheet {
  readonly name: string;
  readonly rows: number;
  readonly unknown: readonly string[];
}

/** 「名录.xlsx」工作表「一」20 行，没有用到的列：…… */
export function FoundSheets(props: { readonly name: string; readonly sheets: readonly FoundSheet[] }) {
  const unused = (sheet: FoundSheet): string =>
    sheet.unknown.length > 0 ? `，没有用到的列：${sheet.unknown.slice(0, 8).join('、')}` : '';
  return (
    <p>
      「{props.name}」
      {props.sheets.map((sheet) => `工作表「${sheet.name}」${sheet.rows} 行${unused(sheet)}`).join('；')}。
    </p>
  );
}

interface UnknownUnit {
  readonly text: string;
  readonly rows: number;
  readonly suggestions: readonly string[];
}

const levelWord = { wrong: '错误', doubt: '提醒' } as const;

/** What a check found wrong: names of units that nobody knows, and the troubles cell by cell. `report` says where the rest is. */
export function SheetTroubles(props: {
  readonly unknownUnits: readonly UnknownUnit[];
  readonly troubles: readonly RowTrouble[];
  readonly report: string;
}) {
  return (
    <>
      {props.unknownUnits.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          style={{ marginTop: 12 }}
          title={`有 ${props.unknownUnits.length} 个单位名称认不出，请在表中改成全称，或在「单位」里记为别名后重新核对。`}
          description={
            <ul className="g-plain-list">
              {props.unknownUnits.slice(0, 20).map((unit) => (
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
      {props.troubles.length > 0 ? (
        <div style={{ overflowX: 'auto', marginTop: 12 }}>
          <Table
            rowKey={(one) => `${one.sheet}/${one.row}/${one.cell}/${one.says}`}
            size="small"
            bordered
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
            dataSource={[...props.troubles]}
            columns={[
              { title: '级别', dataIndex: 'level', width: 64, render: (level: 'wrong' | 'doubt') => levelWord[level] },
              {
                title: '单元格',
                dataIndex: 'cell',
                width: 100,
                render: (cell: string, one) => cell || `第 ${one.row} 行`,
              },
              { title: '列', dataIndex: 'column', width: 140 },
              { title: '问题', dataIndex: 'says' },
              { title: '怎样改', dataIndex: 'mend' },
            ]}
          />
          <p className="g-quiet">这里最多列出 300 处，错误在前。{props.report}</p>
        </div>
      ) : null}
    </>
  );
}

/** The last line of a check: leave out rows that are wrong, then enter; says why it cannot be entered. */
export function EnterSheet(props: {
  readonly word: string;
  readonly wrong: number;
  /** With what was chosen, no row would be entered. */
  readonly nothing: boolean;
  readonly incomplete?: boolean;
  readonly busy: boolean;
  readonly onEnter: (leaveOutWrong: boolean) => void;
}) {
  const [leaveOut, setLeaveOut] = useState(false);
  return (
    <>
      {props.wrong > 0 ? (
        <p>
          <Checkbox checked={leaveOut} onChange={(event) => setLeaveOut(event.target.checked)}>
            跳过有错误的 {props.wrong} 行，只{props.word}其余的行
          </Checkbox>
        </p>
      ) : null}
      <Button
        type="primary"
        loading={props.busy}
        disabled={props.nothing || props.incomplete === true || (props.wrong > 0 && !leaveOut)}
        onClick={() => props.onEnter(leaveOut)}
      >
        {props.word}
      </Button>
      {props.nothing ? <span className="g-quiet">　没有需要{props.word}的内容。</span> : null}
    </>
  );
}

/** No sheet can be read: nothing can be entered. */
export const UnusableSheet = () => (
  <Alert
    type="error"
    showIcon
    style={{ marginTop: 12 }}
    title="有工作表认不出表头，不能导入。请按提示改好后重新选择文件。"
  />
);
