import { Button, Input, InputNumber, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import { useNavigate } from 'react-router';
import { client } from '../../../platform/web/client.ts';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { unitsApi } from '../../units/api.ts';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import { reviewPartCodes, reviewParts } from '../review.ts';
import './assessment.css';
import { type DutyListChoice, type ReviewView, reviews } from './assessment-client.ts';

const people = client(unitsApi);
const usual = {
  basis: '',
  dutyListId: null as string | null,
  shares: { units: 60, duties: 30, statement: 10 },
  units: [] as { unitId: string | null; weight: number }[],
  grades: [
    { name: '优秀', from: 90 },
    { name: '称职', from: 75 },
    { name: '基本称职', from: 60 },
    { name: '不称职', from: 0 },
  ],
  vetoGrade: '基本称职' as string | null,
};

/** 考核构成: who is assessed, whose units he answers for and with which shares. `view` null: a new one. */
export function ReviewDialog(props: {
  view: ReviewView | null;
  dutyLists: readonly DutyListChoice[];
  onClose: () => void;
}) {
  const { view, dutyLists } = props;
  const id = useId();
  const { today } = useSession();
  const navigate = useNavigate();
  const [q, setQ] = useState('');
  const [draft, setDraft] = useState(
    view === null
      ? {
          ...usual,
          year: Number(today.slice(0, 4)),
          personId: null as string | null,
          name: '',
          post: '',
          unitId: null as string | null,
        }
      : {
          basis: view.basis,
          dutyListId: view.dutyListId,
          shares: view.shares,
          units: view.units.map(({ unitId, weight }) => ({ unitId: unitId as string | null, weight })),
          grades: view.grades,
          vetoGrade: view.vetoGrade,
          year: view.year,
          personId: view.personId,
          name: view.name,
          post: view.post,
          unitId: view.unitId,
        },
  );
  const change = (part: Partial<typeof draft>) => setDraft((old) => ({ ...old, ...part }));
  const found = useRead(people.listPeople, { query: { q, pageSize: 30 } }, { enabled: view === null });
  const making = useAct(reviews.makeReview, { onDone: (done) => navigate(`/leader-reviews/${done.id}`) });
  const editing = useAct(reviews.editReview, { onDone: props.onClose });
  const sum = reviewPartCodes.reduce((all, part) => all + draft.shares[part], 0);
  const asked = {
    basis: draft.basis,
    dutyListId: draft.dutyListId,
    shares: draft.shares,
    units: draft.units.flatMap(({ unitId, weight }) => (unitId === null ? [] : [{ unitId, weight }])),
    grades: draft.grades,
    vetoGrade: draft.vetoGrade,
  };
  const send = () => {
    if (view === null) {
      const { year, personId, name, post, unitId } = draft;
      void making.act({ body: { year, personId, name, post, unitId, ...asked } });
    } else void editing.act({ params: { id: view.id }, body: { version: view.version, ...asked } });
  };
  return (
    <Modal
      open
      title={view === null ? '拟定个人考核' : `修改考核构成：${view.name}`}
      okText="保存"
      cancelText="返回"
      width={720}
      confirmLoading={making.busy || editing.busy}
      mask={{ closable: false }}
      onOk={send}
      onCancel={props.onClose}
    >
      {view === null ? (
        <>
          <div className="a-pair">
            <Labelled id={`${id}-person`} label="哪位领导" must says="输入姓名查找；对应到人，本人才能报送述职">
              <Select
                id={`${id}-person`}
                aria-label="哪位领导"
                className="a-wide"
                showSearch={{ filterOption: false, onSearch: setQ }}
                value={draft.personId}
                options={(found.data?.rows ?? []).map((one) => ({
                  value: one.id,
                  label: `${one.name}　${one.posts[0]?.title ?? ''}`,
                }))}
                onChange={(personId: string) => {
                  const one = found.data?.rows.find((row) => row.id === personId);
                  const list = dutyLists.find((row) => row.name === one?.name);
                  change({
                    personId,
                    name: one?.name ?? '',
                    post: one?.posts[0]?.title ?? '',
                    unitId: one?.posts[0]?.unitId ?? null,
                    dutyListId: list?.listId ?? null,
                  });
                }}
              />
            </Labelled>
            <Labelled id={`${id}-post`} label="职务" must>
              <Input
                id={`${id}-post`}
                maxLength={60}
                value={draft.post}
                onChange={(event) => change({ post: event.target.value })}
              />
            </Labelled>
          </div>
          <Labelled id={`${id}-year`} label="年度" must>
            <InputNumber
              id={`${id}-year`}
              min={2000}
              max={2100}
              value={draft.year}
              onChange={(year) => change({ year: year ?? draft.year })}
            />
          </Labelled>
        </>
      ) : null}
      <Labelled id={`${id}-basis`} label="依据（哪份文件哪一条）" must>
        <Input
          id={`${id}-basis`}
          maxLength={200}
          value={draft.basis}
          onChange={(event) => change({ basis: event.target.value })}
        />
      </Labelled>
      <div className="a-numbers">
        {reviewPartCodes.map((part) => (
          <Labelled key={part} id={`${id}-${part}`} label={reviewParts[part]}>
            <InputNumber
              id={`${id}-${part}`}
              min={0}
              max={100}
              suffix="%"
              value={draft.shares[part]}
              onChange={(share) => change({ shares: { ...draft.shares, [part]: share ?? 0 } })}
            />
          </Labelled>
        ))}
      </div>
      <p className={sum === 100 ? 'g-quiet' : 'g-wrong'}>
        各部分合计{sum}%{sum === 100 ? '' : '，应为100%'}。
      </p>
      {draft.shares.units > 0 ? (
        <section aria-label="分管单位">
          <h3 className="a-part">分管哪些单位、各占多少（按所填数的比例折算）</h3>
          {draft.units.map((unit, at) => {
            const set = (part: Partial<typeof unit>) =>
              change({ units: draft.units.map((one, index) => (index === at ? { ...one, ...part } : one)) });
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own and keep their places
              <div key={at} className="a-fields a-fields-units">
                <UnitPicker
                  label={`分管单位${at + 1}`}
                  value={unit.unitId}
                  without={draft.units.flatMap((one) =>
                    one.unitId === null || one.unitId === unit.unitId ? [] : [one.unitId],
                  )}
                  onChange={(unitId) => set({ unitId })}
                />
                <InputNumber
                  aria-label={`分管单位${at + 1}的比重`}
                  min={1}
                  max={1000}
                  value={unit.weight}
                  onChange={(weight) => set({ weight: weight ?? 1 })}
                />
                <Button
                  danger
                  type="text"
                  aria-label={`删去分管单位${at + 1}`}
                  onClick={() => change({ units: draft.units.filter((_, index) => index !== at) })}
                >
                  删去
                </Button>
              </div>
            );
          })}
          <Button onClick={() => change({ units: [...draft.units, { unitId: null, weight: 1 }] })}>加一个单位</Button>
        </section>
      ) : null}
      {draft.shares.duties > 0 ? (
        <Labelled id={`${id}-list`} label="履职清单">
          <Select
            id={`${id}-list`}
            aria-label="履职清单"
            className="a-wide"
            allowClear
            placeholder="没有清单的，这部分比例分摊到其余部分"
            value={draft.dutyListId}
            options={dutyLists.map((one) => ({
              value: one.listId,
              label: `${one.number}　${one.name}　${one.post}（应完成${one.asked}次，完成${one.done}次）`,
            }))}
            onChange={(dutyListId: string | undefined) => change({ dutyListId: dutyListId ?? null })}
          />
        </Labelled>
      ) : null}
      <h3 className="a-part">等次</h3>
      <div className="a-numbers">
        {draft.grades.map((grade, at) => {
          const set = (part: Partial<typeof grade>) =>
            change({
              grades: draft.grades.map((one, index) => (index === at ? { ...one, ...part } : one)),
              ...(part.name !== undefined && draft.vetoGrade === grade.name ? { vetoGrade: part.name } : {}),
            });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: grades are typed over and keep their places
            <div key={at}>
              <Input
                aria-label={`第${at + 1}等的名称`}
                maxLength={20}
                value={grade.name}
                onChange={(event) => set({ name: event.target.value })}
              />
              <InputNumber
                aria-label={`${grade.name}从几分起`}
                min={0}
                max={100}
                suffix="分起"
                value={grade.from}
                onChange={(from) => set({ from: from ?? 0 })}
              />
            </div>
          );
        })}
      </div>
      <Labelled id={`${id}-veto`} label="分管单位有一票否决情形的，最高定为">
        <Select
          id={`${id}-veto`}
          aria-label="否决时最高定为"
          allowClear
          className="a-wide"
          placeholder="不影响等次"
          value={draft.vetoGrade}
          options={draft.grades.map((grade) => ({ value: grade.name, label: grade.name }))}
          onChange={(vetoGrade: string | undefined) => change({ vetoGrade: vetoGrade ?? null })}
        />
      </Labelled>
      <RefusalAlert refusal={making.refusal ?? editing.refusal} />
    </Modal>
  );
}
