import { Input, InputNumber } from 'antd';
import { useId, useState } from 'react';
import { addDays, day } from '../../../kernel/day.ts';
import { ActDialog } from '../../../platform/web/parts/ActDialog.tsx';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { EvidenceField } from '../../../platform/web/parts/EvidenceField.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { TextField } from '../../../platform/web/parts/TextField.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import './assessment.css';
import { api, type SheetLine, type UnitSheet } from './assessment-client.ts';

interface Of {
  readonly sheet: UnitSheet;
  readonly onClose: () => void;
}
const paramsOf = (sheet: UnitSheet) => ({ id: sheet.scheme.id, unitId: sheet.unitId });

/** 打分 of one line, with what it rests on. */
export function ScoreDialog({ sheet, line, onClose }: Of & { readonly line: SheetLine }) {
  const id = useId();
  const [score, setScore] = useState<number | null>(null);
  const [says, setSays] = useState('');
  const [fileIds, setFileIds] = useState<string[]>([]);
  const acting = useAct(api.scoreLine, { onDone: onClose });
  const send = () =>
    void acting.act({
      params: paramsOf(sheet),
      body: { code: line.code, score: score ?? -1, says, fileIds },
    });
  return (
    <ActDialog
      title={`打分：${sheet.unitName} ${line.name}`}
      okText="确认打分"
      acting={acting}
      onSend={send}
      onClose={onClose}
    >
      <p className="g-quiet">{line.rule}。</p>
      {line.self ? (
        <p>
          自评{line.self.score}分{line.self.text === '' ? '' : `：${line.self.text}`}
        </p>
      ) : null}
      <Labelled id={`${id}-score`} label={`得分（0到${line.weight}分）`} must>
        <InputNumber id={`${id}-score`} min={0} max={line.weight} step={0.5} value={score} onChange={setScore} />
      </Labelled>
      <Labelled id={`${id}-says`} label="依据" says="查阅了什么、哪里加减分；也可以附证据材料">
        <Input.TextArea
          id={`${id}-says`}
          rows={3}
          maxLength={500}
          value={says}
          onChange={(event) => setSays(event.target.value)}
        />
      </Labelled>
      {sheet.sheetId === null ? null : (
        <EvidenceField
          itemKind="scoreSheet"
          itemId={sheet.sheetId}
          label="证据材料"
          files={sheet.files}
          chosen={fileIds}
          onChange={setFileIds}
        />
      )}
    </ActDialog>
  );
}

/** 申诉 against one line. */
export function AppealDialog({ sheet, line, onClose }: Of & { readonly line: SheetLine }) {
  const id = useId();
  const [asked, setAsked] = useState<number | null>(null);
  const [text, setText] = useState('');
  const acting = useAct(api.fileAppeal, { onDone: onClose });
  return (
    <ActDialog
      title={`申诉：${line.name}`}
      okText="提出申诉"
      acting={acting}
      onSend={() => void acting.act({ params: paramsOf(sheet), body: { code: line.code, text, asked } })}
      onClose={onClose}
    >
      <p className="g-quiet">
        现得{line.score ?? 0}分：{line.says}。申诉由打分人以外的同志处理。
      </p>
      <TextField label="申诉理由" rows={4} maxLength={2000} value={text} onChange={setText} />
      <Labelled id={`${id}-asked`} label="请求更正为几分" says="可以不写，由处理人核定">
        <InputNumber
          id={`${id}-asked`}
          min={0}
          max={line.max > 0 ? line.max : line.weight}
          step={0.5}
          value={asked}
          onChange={setAsked}
        />
      </Labelled>
    </ActDialog>
  );
}

/** 布置整改: points lost on a line become a task of the unit. */
export function RectifyDialog({ sheet, line, onClose }: Of & { readonly line: SheetLine }) {
  const id = useId();
  const { today } = useSession();
  const [text, setText] = useState(`针对考核「${line.name}」失分情况对标整改。`);
  const [dueOn, setDueOn] = useState<string | null>(addDays(day(today), 30));
  const acting = useAct(api.rectifyLine, { onDone: onClose });
  return (
    <ActDialog
      title={`布置整改：${sheet.unitName} ${line.name}`}
      okText="建立整改任务"
      acting={acting}
      onSend={() => void acting.act({ params: paramsOf(sheet), body: { code: line.code, text, dueOn: dueOn ?? '' } })}
      onClose={onClose}
    >
      <p className="g-quiet">
        {line.says}。任务由{sheet.unitName}牵头，在任务清单里按时限办理，完成情况不改变这次考核的得分。
      </p>
      <TextField label="整改什么、达到什么要求" value={text} onChange={setText} />
      <Labelled id={`${id}-due`} label="完成期限" must>
        <DayPicker id={`${id}-due`} label="完成期限" value={dueOn} from={today} onChange={setDueOn} />
      </Labelled>
    </ActDialog>
  );
}
