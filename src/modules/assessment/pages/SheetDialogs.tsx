import { Input, InputNumber, Modal } from 'antd';
import { useId, useState } from 'react';
import { EvidenceField } from '../../../platform/web/parts/EvidenceField.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useKeptDraft } from '../../../platform/web/use-kept-draft.ts';
import './assessment.css';
import { api, type SheetLine, type UnitSheet } from './assessment-client.ts';

interface Of {
  readonly sheet: UnitSheet;
  readonly onClose: () => void;
}
const paramsOf = (sheet: UnitSheet) => ({ id: sheet.scheme.id, unitId: sheet.unitId });

interface SelfDraft {
  readonly text: string;
  readonly scores: Readonly<Record<string, number | null>>;
  readonly texts: Readonly<Record<string, string>>;
}

/** 自评: points for every line, begun with what the ledger gives; kept in the browser until it is filed. */
export function SelfDialog({ sheet, onClose }: Of) {
  const id = useId();
  const begin: SelfDraft = {
    text: sheet.self?.text ?? '',
    scores: Object.fromEntries(
      sheet.lines.map((line) => [
        line.code,
        line.self?.score ?? (line.by === 'ledger' ? Math.min(line.weight, line.score ?? 0) : null),
      ]),
    ),
    texts: Object.fromEntries(sheet.lines.map((line) => [line.code, line.self?.text ?? ''])),
  };
  const kept = useKeptDraft<SelfDraft>(`assessment.self.${sheet.sheetId ?? ''}`, begin);
  const draft = { ...begin, ...kept.draft };
  const acting = useAct(api.fileSelf, {
    onDone: () => {
      kept.forget();
      onClose();
    },
  });
  const change = (part: Partial<SelfDraft>) => kept.setDraft((old) => ({ ...begin, ...old, ...part }));
  const send = () =>
    void acting.act({
      params: paramsOf(sheet),
      body: {
        version: sheet.sheetVersion ?? 1,
        text: draft.text,
        scores: sheet.lines.flatMap((line) => {
          const score = draft.scores[line.code];
          return score === null || score === undefined
            ? []
            : [{ code: line.code, score, text: draft.texts[line.code] ?? '' }];
        }),
      },
    });
  return (
    <Modal
      open
      title={`填写自评：${sheet.unitName}`}
      okText="报送自评"
      cancelText="返回"
      width={820}
      confirmLoading={acting.busy}
      mask={{ closable: false }}
      onOk={send}
      onCancel={onClose}
    >
      <p className="g-quiet">从台账取数的指标已填入系统计算的分数，可以另写；正式得分以取数封存和打分为准。</p>
      {sheet.lines.map((line) => (
        <div key={line.code} className="a-self">
          <label htmlFor={`${id}-${line.code}`}>
            {line.name}
            <span className="g-quiet">
              （{line.part === 'malus' ? '最多扣' : ''}
              {line.weight}分）
            </span>
          </label>
          <InputNumber
            id={`${id}-${line.code}`}
            min={0}
            max={line.weight}
            step={0.5}
            value={draft.scores[line.code] ?? null}
            onChange={(score) => change({ scores: { ...draft.scores, [line.code]: score } })}
          />
          <Input
            aria-label={`${line.name}的说明`}
            placeholder="说明"
            maxLength={500}
            value={draft.texts[line.code] ?? ''}
            onChange={(event) => change({ texts: { ...draft.texts, [line.code]: event.target.value } })}
          />
        </div>
      ))}
      <Labelled id={`${id}-text`} label="自评总结" must>
        <Input.TextArea
          id={`${id}-text`}
          rows={4}
          maxLength={4000}
          value={draft.text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </Labelled>
      <RefusalAlert refusal={acting.refusal} onResend={() => void acting.resend()} />
    </Modal>
  );
}

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
    <Modal
      open
      title={`打分：${sheet.unitName} ${line.name}`}
      okText="确认打分"
      cancelText="返回"
      confirmLoading={acting.busy}
      mask={{ closable: false }}
      onOk={send}
      onCancel={onClose}
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
      <RefusalAlert refusal={acting.refusal} onResend={() => void acting.resend()} />
    </Modal>
  );
}

/** 申诉 against one line. */
export function AppealDialog({ sheet, line, onClose }: Of & { readonly line: SheetLine }) {
  const id = useId();
  const [asked, setAsked] = useState<number | null>(null);
  const [text, setText] = useState('');
  const acting = useAct(api.fileAppeal, { onDone: onClose });
  return (
    <Modal
      open
      title={`申诉：${line.name}`}
      okText="提出申诉"
      cancelText="返回"
      confirmLoading={acting.busy}
      mask={{ closable: false }}
      onOk={() => void acting.act({ params: paramsOf(sheet), body: { code: line.code, text, asked } })}
      onCancel={onClose}
    >
      <p className="g-quiet">
        现得{line.score ?? 0}分：{line.says}。申诉由打分人以外的同志处理。
      </p>
      <Labelled id={`${id}-text`} label="申诉理由" must>
        <Input.TextArea
          id={`${id}-text`}
          rows={4}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Labelled>
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
      <RefusalAlert refusal={acting.refusal} onResend={() => void acting.resend()} />
    </Modal>
  );
}
