import { Button, Checkbox, Input, InputNumber, Modal, Select } from 'antd';
import { useEffect, useId, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { FileUpload } from '../../../platform/web/parts/FileUpload.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { counts } from '../scheme.ts';
import { round } from '../scoring.ts';
import './assessment.css';
import { api, type Draft, pageOf, type SchemeView } from './assessment-client.ts';
import { emptyDraft, listOf, newIndicator } from './draft-of.ts';
import { IndicatorEditor } from './IndicatorEditor.tsx';
import { ScoreTable } from './ScoreTable.tsx';

/** 起草、修改、拟订新版本: the scheme in controls, and 试算 of all units beside it, which saves nothing. */
export function EditorPage() {
  const { id } = useParams();
  const { today } = useSession();
  const read = useRead(
    api.viewScheme,
    { params: { id: id ?? '00000000-0000-0000-0000-000000000000' } },
    { enabled: id !== undefined },
  );
  if (id === undefined) return <Editor view={null} begin={emptyDraft(Number(today.slice(0, 4)))} />;
  if (!read.data)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在读取…</p>
    );
  return <Editor key={read.data.scheme.version} view={read.data} begin={read.data.pending?.body ?? read.data.body} />;
}

function Editor({ view, begin }: { view: SchemeView | null; begin: Draft }) {
  const navigate = useNavigate();
  const id = useId();
  const [body, setBody] = useState<Draft>(begin);
  const [reads, setReads] = useState(0);
  const [asks, setAsks] = useState(false);
  const change = (part: Partial<Draft>) => setBody((old) => ({ ...old, ...part }));
  const trial = useAct(api.whatIf, { quiet: true });
  const [result, setResult] = useState<{
    table: Parameters<typeof ScoreTable>[0]['table'];
    troubles: readonly { where: string; says: string }[];
  } | null>(null);
  const tryIt = async (on: Draft) => {
    const found = await trial.act({ body: { body: on } });
    if (found) setResult(found);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: tried once when the page opens; afterwards by the button
  useEffect(() => {
    void tryIt(begin);
  }, []);
  const done = (saved: { id: string }) => navigate(pageOf(saved.id));
  const drafting = useAct(api.draftScheme, { onDone: done });
  const editing = useAct(api.editScheme, { onDone: done });
  const reading = useAct(api.readSchemeFile, {
    quiet: true,
    onDone: (found) => {
      setBody(found.body);
      setReads((old) => old + 1);
      void tryIt(found.body);
    },
  });
  const isDraft = view === null || view.scheme.state === 'draft';
  const save = () => {
    if (view === null) void drafting.act({ body: { body } });
    else if (isDraft)
      void editing.act({ params: { id: view.scheme.id }, body: { version: view.scheme.version, body } });
    else setAsks(true);
  };
  const sum = round(body.indicators.filter(counts).reduce((all, one) => all + one.weight, 0));
  const refusal = drafting.refusal ?? editing.refusal ?? reading.refusal;
  return (
    <>
      <PageHeader
        title={view === null ? '起草考核方案' : isDraft ? '修改考核方案草案' : '拟订考核方案新版本'}
        says={
          isDraft
            ? '试算不保存任何内容；由另一位同志发布之后生效。'
            : '现行版本不改动；新版本由另一位同志发布，自某日起用。'
        }
        actions={
          <>
            <Button loading={trial.busy} onClick={() => void tryIt(body)}>
              试算
            </Button>
            <Button type="primary" loading={drafting.busy || editing.busy} onClick={save}>
              {isDraft ? '保存草案' : '提交新版本'}
            </Button>
          </>
        }
      />
      <RefusalAlert refusal={refusal} />
      <div className="a-editor">
        <div>
          <Frame key={reads} body={body} onChange={change} />
          <Card
            title={`指标（共性、个性合计${sum}分，应为${body.total}分）`}
            extra={<span className="g-quiet">各单位适用的要分别等于总分</span>}
          >
            {body.indicators.map((indicator, at) => (
              <IndicatorEditor
                key={`${reads}.${indicator.code}`}
                at={at}
                indicator={indicator}
                onChange={(part) =>
                  setBody((old) => ({
                    ...old,
                    indicators: old.indicators.map((one) => (one.code === indicator.code ? { ...one, ...part } : one)),
                  }))
                }
                onRemove={() => change({ indicators: body.indicators.filter((one) => one.code !== indicator.code) })}
              />
            ))}
            <div className="g-row">
              {(['ledger', 'hand'] as const).map((by) => (
                <Button
                  key={by}
                  onClick={() =>
                    change({
                      indicators: [
                        ...body.indicators,
                        newIndicator(
                          body.indicators.map((one) => one.code),
                          by,
                        ),
                      ],
                    })
                  }
                >
                  {by === 'ledger' ? '加一项取数指标' : '加一项打分指标'}
                </Button>
              ))}
            </div>
          </Card>
          <Consequences key={`${reads}.c`} body={body} onChange={change} />
        </div>
        <div>
          <Card title="试算" extra={<span className="g-quiet">改了分值、门槛后再点“试算”</span>}>
            <RefusalAlert refusal={trial.refusal} />
            {result === null ? (
              <p className="g-loading">正在计算…</p>
            ) : (
              <>
                {result.troubles.length > 0 ? (
                  <div className="a-troubles" role="status">
                    <b>还有{result.troubles.length}处不能发布：</b>
                    <ul>
                      {result.troubles.map((one) => (
                        <li key={`${one.where}${one.says}`}>{one.says}。</li>
                      ))}
                    </ul>
                  </div>
                ) : (
                  <p className="g-quiet">没有不能发布的地方。</p>
                )}
                <p className="g-quiet">
                  截至{result.table.day}；{result.table.grades.map((one) => `${one.name}${one.count}个`).join('，')}
                  （打分的指标尚未计入）。
                </p>
                <ScoreTable table={result.table} schemeId={null} standing />
              </>
            )}
          </Card>
          {isDraft ? (
            <Card title="导入方案">
              <FileUpload
                label="方案文件（.json）或指标表（.xlsx）"
                hint="读入后在左边核对、修改，保存草案之前不影响任何内容。"
                extensions={['json', 'xlsx']}
                progress={reading.busy ? (reading.progress ?? 0) : null}
                onFiles={(list) => {
                  const [file] = list;
                  if (file) void reading.act({ file });
                }}
              />
              <DownloadButton call={api.schemeForm} input={{}} label="下载指标表模板" />
            </Card>
          ) : null}
        </div>
      </div>
      {asks && view ? <Amend id={id} view={view} body={body} onClose={() => setAsks(false)} /> : null}
    </>
  );
}

function Amend(props: { id: string; view: SchemeView; body: Draft; onClose: () => void }) {
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const acting = useAct(api.amendScheme, { onDone: (saved) => navigate(pageOf(saved.id)) });
  const { scheme } = props.view;
  return (
    <Modal
      open
      title="提交新版本"
      okText="提交"
      cancelText="返回"
      confirmLoading={acting.busy}
      onOk={() =>
        void acting.act({ params: { id: scheme.id }, body: { version: scheme.version, body: props.body, reason } })
      }
      onCancel={props.onClose}
    >
      <Labelled id={`${props.id}-reason`} label="为什么调整" must>
        <Input.TextArea
          id={`${props.id}-reason`}
          rows={3}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Labelled>
      <RefusalAlert refusal={acting.refusal} />
    </Modal>
  );
}

type Part = { readonly body: Draft; readonly onChange: (part: Partial<Draft>) => void };

function Frame({ body, onChange }: Part) {
  const id = useId();
  const number = (key: 'total' | 'floor' | 'bonusCap' | 'malusCap' | 'selfDays' | 'appealDays', label: string) => (
    <Labelled id={`${id}-${key}`} label={label}>
      <InputNumber
        id={`${id}-${key}`}
        min={key === 'selfDays' || key === 'appealDays' ? 1 : 0}
        max={1000}
        value={body[key]}
        onChange={(value) => onChange({ [key]: value ?? 0 })}
      />
    </Labelled>
  );
  return (
    <Card title="方案">
      <Labelled id={`${id}-title`} label="名称" must>
        <Input
          id={`${id}-title`}
          maxLength={80}
          value={body.title}
          onChange={(event) => onChange({ title: event.target.value })}
        />
      </Labelled>
      <Labelled id={`${id}-basis`} label="依据（哪份文件哪一条）" must>
        <Input
          id={`${id}-basis`}
          maxLength={200}
          value={body.basis}
          onChange={(event) => onChange({ basis: event.target.value })}
        />
      </Labelled>
      <div className="a-pair">
        <Labelled id={`${id}-word`} label="考核对象叫做" must>
          <Input
            id={`${id}-word`}
            maxLength={40}
            placeholder="如：各镇（街道）"
            value={body.objects.word}
            onChange={(event) => onChange({ objects: { ...body.objects, word: event.target.value } })}
          />
        </Labelled>
        <Labelled id={`${id}-units`} label="考核哪些单位" must says="单位或单位类别的名称，用顿号隔开">
          <Input
            id={`${id}-units`}
            defaultValue={body.objects.units.join('、')}
            onBlur={(event) => onChange({ objects: { ...body.objects, units: listOf(event.target.value) } })}
          />
        </Labelled>
      </div>
      <div className="a-pair">
        <Labelled id={`${id}-from`} label="考核期自" must>
          <DayPicker
            id={`${id}-from`}
            label="考核期自"
            value={body.from}
            required
            onChange={(on) => onChange(on === null ? {} : { from: on, year: Number(on.slice(0, 4)) })}
          />
        </Labelled>
        <Labelled id={`${id}-to`} label="考核期至" must>
          <DayPicker
            id={`${id}-to`}
            label="考核期至"
            value={body.to}
            required
            onChange={(on) => onChange(on === null ? {} : { to: on })}
          />
        </Labelled>
      </div>
      <div className="a-numbers">
        {number('total', '总分')}
        {number('floor', '保底分')}
        {number('bonusCap', '加分上限')}
        {number('malusCap', '扣分上限')}
        {number('selfDays', '自评天数')}
        {number('appealDays', '申诉天数')}
      </div>
      <Checkbox
        checked={body.selfEvidence === true}
        onChange={(event) => onChange({ selfEvidence: event.target.checked })}
      >
        自评得分的打分指标必须逐项附佐证材料（示范创建等对照细则的自评）
      </Checkbox>
    </Card>
  );
}

function Consequences({ body, onChange }: Part) {
  const grades = body.grades.map((one) => ({ value: one.code, label: one.name }));
  return (
    <Card title="等次、否决与结果运用">
      {body.grades.map((grade, at) => {
        const set = (part: Partial<typeof grade>) =>
          onChange({ grades: body.grades.map((one, index) => (index === at ? { ...one, ...part } : one)) });
        return (
          <div key={grade.code} className="a-fields a-fields-grade">
            <Input
              aria-label={`第${at + 1}等的名称`}
              maxLength={20}
              value={grade.name}
              onChange={(event) => set({ name: event.target.value })}
            />
            <InputNumber
              aria-label={`${grade.name}从几分起`}
              min={0}
              suffix="分起"
              value={grade.from}
              onChange={(from) => set({ from: from ?? 0 })}
            />
            <InputNumber
              aria-label={`${grade.name}的名额`}
              min={0}
              max={100}
              placeholder="不限名额"
              suffix="%"
              value={grade.quota}
              onChange={(quota) => set({ quota })}
            />
          </div>
        );
      })}
      <h3 className="a-part">一票否决情形</h3>
      {body.vetoes.map((veto, at) => {
        const set = (part: Partial<typeof veto>) =>
          onChange({ vetoes: body.vetoes.map((one, index) => (index === at ? { ...one, ...part } : one)) });
        return (
          <div key={veto.code} className="a-fields a-fields-veto">
            <Input
              aria-label={`否决情形${at + 1}`}
              maxLength={80}
              value={veto.name}
              onChange={(event) => set({ name: event.target.value })}
            />
            <Select
              aria-label={`否决情形${at + 1}的后果`}
              value={veto.effect}
              options={[
                { value: 'override', label: '直接定为' },
                { value: 'cap', label: '最高定为' },
              ]}
              onChange={(effect) => set({ effect })}
            />
            <Select
              aria-label={`否决情形${at + 1}的等次`}
              value={veto.grade}
              options={grades}
              onChange={(grade) => set({ grade })}
            />
            <Button
              danger
              type="text"
              aria-label={`删去否决情形${at + 1}`}
              onClick={() => onChange({ vetoes: body.vetoes.filter((_, index) => index !== at) })}
            >
              删去
            </Button>
          </div>
        );
      })}
      <Button
        onClick={() => {
          const codes = body.vetoes.map((one) => one.code);
          let at = codes.length + 1;
          while (codes.includes(`V${at}`)) at += 1;
          onChange({
            vetoes: [
              ...body.vetoes,
              { code: `V${at}`, name: '', effect: 'override', grade: body.grades.at(-1)?.code ?? '' },
            ],
          });
        }}
      >
        加一种情形
      </Button>
      <h3 className="a-part">与部门绩效考核等级挂钩</h3>
      {body.coupling.map((one, at) => {
        const set = (part: Partial<typeof one>) =>
          onChange({ coupling: body.coupling.map((row, index) => (index === at ? { ...row, ...part } : row)) });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no name of their own and keep their places
          <div key={`${one.grade}.${at}`} className="a-fields a-fields-couple">
            <Select
              aria-label={`挂钩${at + 1}的等次`}
              value={one.grade}
              options={grades}
              onChange={(grade) => set({ grade })}
            />
            <Input
              aria-label={`挂钩${at + 1}的规定`}
              maxLength={200}
              value={one.says}
              onChange={(event) => set({ says: event.target.value })}
            />
          </div>
        );
      })}
      <Button
        onClick={() => onChange({ coupling: [...body.coupling, { grade: body.grades.at(-1)?.code ?? '', says: '' }] })}
      >
        加一条规定
      </Button>
    </Card>
  );
}
