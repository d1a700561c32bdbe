import { Input, InputNumber } from 'antd';
import { useId, useState } from 'react';
import { ActDialog } from '../../../platform/web/parts/ActDialog.tsx';
import { EvidenceField } from '../../../platform/web/parts/EvidenceField.tsx';
import { TextField } from '../../../platform/web/parts/TextField.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useKeptDraft } from '../../../platform/web/use-kept-draft.ts';
import './assessment.css';
import { beforeSpreading } from '../sheet.ts';
import { api, files, type SheetLine, type UnitSheet } from './assessment-client.ts';

interface Of {
  readonly sheet: UnitSheet;
  readonly onClose: () => void;
}
const paramsOf = (sheet: UnitSheet) => ({ id: sheet.scheme.id, unitId: sheet.unitId });

interface SelfDraft {
  readonly text: string;
  readonly scores: Readonly<Record<string, number | null>>;
  readonly texts: Readonly<Record<string, string>>;
  readonly fileIds: Readonly<Record<string, readonly string[]>>;
}

/** 自评: points for every line, begun with what the ledger gives; kept in the browser until it is filed. */
export function SelfDialog({ sheet, onClose }: Of) {
  const id = useId();
  const begin: SelfDraft = {
    text: sheet.self?.text ?? '',
    scores: Object.fromEntries(
      sheet.lines.map((line) => [
        line.code,
        line.self?.score ?? (line.by === 'ledger' ? Math.min(line.weight, beforeSpreading(line) ?? 0) : null),
      ]),
    ),
    texts: Object.fromEntries(sheet.lines.map((line) => [line.code, line.self?.text ?? ''])),
    fileIds: Object.fromEntries(sheet.lines.map((line) => [line.code, line.self?.fileIds ?? []])),
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
            : [
                {
                  code: line.code,
                  score,
                  text: draft.texts[line.code] ?? '',
                  fileIds: [...(draft.fileIds[line.code] ?? [])],
                },
              ];
        }),
      },
    });
  return (
    <ActDialog
      title={`填写自评：${sheet.unitName}`}
      okText="报送自评"
      width={820}
      acting={acting}
      onSend={send}
      onClose={onClose}
    >
      <p className="g-quiet">
        从台账取数的指标已填入系统计算的分数，可以另写；正式得分以取数封存和打分为准。
        {sheet.selfEvidence ? '由单位打分的指标，自评得分的必须逐项附佐证材料。' : ''}共{sheet.lines.length}项，已填
        {sheet.lines.filter((line) => typeof draft.scores[line.code] === 'number').length}
        项。
      </p>
      {sheet.lines.map((line) => (
        <div key={line.code} className="a-self-line">
          <div className="a-self">
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
          <p className="g-quiet">{line.by === 'hand' ? line.rule : line.says}。</p>
          {line.by === 'hand' && sheet.sheetId !== null ? (
            <details open={(draft.fileIds[line.code] ?? []).length > 0}>
              <summary>佐证材料（{(draft.fileIds[line.code] ?? []).length}件）</summary>
              <EvidenceField
                itemKind="scoreSheet"
                itemId={sheet.sheetId}
                label={`${line.name}的佐证材料`}
                files={sheet.files}
                chosen={draft.fileIds[line.code] ?? []}
                onChange={(fileIds) => change({ fileIds: { ...draft.fileIds, [line.code]: fileIds } })}
              />
            </details>
          ) : null}
        </div>
      ))}
      <TextField label="自评总结" rows={4} maxLength={4000} value={draft.text} onChange={(text) => change({ text })} />
    </ActDialog>
  );
}

/** What was given by hand last, before spreading; null: nothing yet. */
const lastGiven = (line: SheetLine): number | null =>
  line.given.filter((one) => one.kind === 'hand').at(-1)?.score ?? null;

/** 逐项核验: all lines that the reader scores, with what the unit claims and proves; begun with its own points. */
export function VerifyDialog({ sheet, onClose }: Of) {
  const id = useId();
  const lines = sheet.lines.filter((line) => line.scoring?.may);
  const [scores, setScores] = useState<Readonly<Record<string, number | null>>>(
    Object.fromEntries(lines.map((line) => [line.code, lastGiven(line) ?? line.self?.score ?? null])),
  );
  const [says, setSays] = useState<Readonly<Record<string, string>>>({});
  const acting = useAct(api.verifySheet, { onDone: onClose });
  const given = lines.flatMap((line) => {
    const score = scores[line.code];
    if (score === null || score === undefined) return [];
    // A line that was scored before counts again only where something changes.
    if (lastGiven(line) === score && (says[line.code] ?? '') === '') return [];
    return [{ code: line.code, score, says: says[line.code] ?? '' }];
  });
  return (
    <ActDialog
      title={`${sheet.self ? '逐项核验打分' : '逐项打分'}：${sheet.unitName}`}
      okText={`确认${given.length}项打分`}
      disabled={given.length === 0}
      width={820}
      acting={acting}
      onSend={() => void acting.act({ params: paramsOf(sheet), body: { scores: given } })}
      onClose={onClose}
    >
      <p className="g-quiet">
        {sheet.self
          ? '已填入自评分：属实的不用写依据，与自评不同的请写明依据。留空的这次不打。'
          : '这个单位没有报送自评，请逐项打分并写明依据。留空的这次不打。'}
      </p>
      {lines.map((line) => {
        const score = scores[line.code] ?? null;
        const differs = score !== null && score !== (line.self?.score ?? null);
        return (
          <div key={line.code} className="a-self-line">
            <div className="a-self">
              <label htmlFor={`${id}-${line.code}`}>
                {line.name}
                <span className="g-quiet">（{line.weight}分）</span>
              </label>
              <InputNumber
                id={`${id}-${line.code}`}
                min={0}
                max={line.weight}
                step={0.5}
                value={score}
                onChange={(next) => setScores((old) => ({ ...old, [line.code]: next }))}
              />
              <Input
                aria-label={`${line.name}的依据`}
                placeholder={differs ? '请写明依据' : '属实，可以不写'}
                maxLength={500}
                value={says[line.code] ?? ''}
                onChange={(event) => setSays((old) => ({ ...old, [line.code]: event.target.value }))}
              />
            </div>
            <p className="g-quiet">
              {line.rule}。
              {line.self
                ? `自评${line.self.score}分${line.self.text === '' ? '' : `：${line.self.text}`}`
                : '没有自评。'}
              {sheet.files
                .filter((file) => line.self?.fileIds.includes(file.id))
                .map((file) => (
                  <a key={file.id} className="a-proof" href={files.openFile.address({ params: { id: file.id } })}>
                    {file.name}
                  </a>
                ))}
            </p>
          </div>
        );
      })}
    </ActDialog>
  );
}
