import { useState } from 'react';
import { useParams } from 'react-router';
import { filesApi } from '../../../platform/files/api.ts';
import { type CaseForm, caseCall as call } from '../../../platform/web/case-form.ts';
import { client } from '../../../platform/web/client.ts';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { EvidenceField } from '../../../platform/web/parts/EvidenceField.tsx';
import { FileList } from '../../../platform/web/parts/FileList.tsx';
import { Lamp } from '../../../platform/web/parts/Lamp.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { type DutyListAction, dutyListLifecycle } from '../duty-lifecycle.ts';
import type { DutyItem } from '../shapes.ts';
import { CaseFrame } from './CaseFrame.tsx';
import { DutyItems } from './DutyItems.tsx';
import { Choose, DayField, Words } from './fields.tsx';
import { type DutyListView, duties, listTone } from './meetings-client.ts';

const files = client(filesApi);

interface Draft {
  readonly items: readonly DutyItem[];
  readonly item: string;
  readonly on: string | null;
  readonly text: string;
  readonly reference: string;
  readonly fileIds: readonly string[];
}
type Form = CaseForm<'items' | 'deed' | 'nothing', Draft, DutyListView>;
const version = (view: DutyListView) => ({ version: view.version });

const forms: Readonly<Record<DutyListAction, Form>> = {
  editList: {
    fields: ['items'],
    call: call(duties.editDutyList),
    body: (draft, view) => ({ ...version(view), items: draft.items.filter((one) => one.text.trim() !== '') }),
    wide: true,
  },
  confirmList: { fields: ['nothing'], call: call(duties.confirmDutyList), body: (_, view) => version(view) },
  recordDuty: {
    fields: ['deed'],
    call: call(duties.recordDuty),
    body: (draft) => ({
      item: Number(draft.item),
      on: draft.on ?? '',
      text: draft.text,
      reference: draft.reference,
      fileIds: draft.fileIds,
    }),
    wide: true,
  },
  archiveList: { fields: ['nothing'], call: call(duties.archiveDutyList), body: (_, view) => version(view) },
};

/** One leader's list: each item, how often it was done, with what proof. */
export function DutyListPage() {
  const { id = '' } = useParams();
  const { today } = useSession();
  const read = useRead(duties.viewDutyList, { params: { id } }, { keepFormer: false });
  const [action, setAction] = useState<DutyListAction | null>(null);
  const view = read.data;
  if (!view)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在读取…</p>
    );
  const attached = (ids: readonly string[]) =>
    view.files
      .filter((file) => ids.includes(file.id))
      .map((file) => ({
        id: file.id,
        name: file.name,
        size: file.size,
        href: files.openFile.address({ params: { id: file.id } }),
      }));
  return (
    <>
      <CaseFrame
        title={`${view.name}（${view.post}）${view.year}年清单`}
        tone={listTone[view.state]}
        state={dutyListLifecycle.states[view.state]}
        says={
          <>
            <span className="g-code">{view.number}</span>　{view.unitName}
            {view.confirmedOn ? `　${view.confirmedByName}于${view.confirmedOn}审定` : ''}
          </>
        }
        nextStep={view.nextStep}
        offers={view.offers}
        leading={['confirmList', 'recordDuty', 'editList', 'archiveList']}
        onChoose={(name) => setAction(name as DutyListAction)}
        facts={view.facts}
      >
        <Card title="职责和年度工作">
          <div className="g-scroll-x">
            <table className="g-plain-table">
              <thead>
                <tr>
                  <th scope="col">灯</th>
                  <th scope="col">类别</th>
                  <th scope="col">内容</th>
                  <th scope="col">时限</th>
                  <th scope="col" className="g-num">
                    已做/应做
                  </th>
                </tr>
              </thead>
              <tbody>
                {view.items.map((one) => (
                  <tr key={one.at}>
                    <td className="g-nowrap">
                      {one.kind === 'standing' ? (
                        '—'
                      ) : (
                        <Lamp
                          colour={one.late ? 'red' : 'green'}
                          reason={
                            one.late
                              ? `时限${one.dueOn ?? ''}已过，还差${one.times - one.done}次`
                              : one.done >= one.times
                                ? '已完成'
                                : '按期进行'
                          }
                          terse
                        />
                      )}
                    </td>
                    <td className="g-nowrap">{one.kind === 'standing' ? '长期职责' : '年度工作'}</td>
                    <td>{one.text}</td>
                    <td className="g-nowrap g-figures">{one.dueOn ?? '—'}</td>
                    <td className="g-num g-figures">
                      {one.kind === 'standing' ? one.done : `${one.done}/${one.times}`}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
        <Card title={`履职记录（${view.done.length}次）`}>
          {view.done.length === 0 ? <p className="g-quiet">还没有登记履职。</p> : null}
          {[...view.done].reverse().map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: deeds are only added
            <article key={at}>
              <p className="g-quiet g-figures">
                {one.on} 第{one.item + 1}项 {one.byName}登记{one.reference ? `，佐证：${one.reference}` : ''}
              </p>
              <p>{one.text}</p>
              {one.fileIds.length > 0 ? <FileList files={attached(one.fileIds)} /> : null}
            </article>
          ))}
        </Card>
      </CaseFrame>
      {action === null ? null : (
        <CaseDialog<'items' | 'deed' | 'nothing', Draft, DutyListView>
          key={action}
          form={forms[action]}
          view={view}
          id={view.id}
          keep={`dutyList.${action}.${view.id}`}
          word={dutyListLifecycle.actions[action]}
          subject={`${view.number} ${view.name}`}
          begin={{
            items: view.items.map(({ kind, text, times, dueOn }) => ({ kind, text, times, dueOn })),
            item: String(view.items.find((one) => one.kind === 'annual' && one.done < one.times)?.at ?? 0),
            on: today,
            text: '',
            reference: '',
            fileIds: [],
          }}
          fields={(draft, change) => {
            const [field] = forms[action].fields;
            if (field === 'nothing') return null;
            if (field === 'items') return <DutyItems items={draft.items} onChange={(items) => change({ items })} />;
            return (
              <>
                <Choose
                  label="做的是哪一项"
                  value={draft.item}
                  options={view.items.map((one) => ({ value: String(one.at), label: `${one.at + 1}. ${one.text}` }))}
                  onChange={(item) => change({ item })}
                />
                <DayField label="哪一天" must to={today} value={draft.on} onChange={(on) => change({ on })} />
                <Words label="做了什么" must rows={3} value={draft.text} onChange={(text) => change({ text })} />
                <Words
                  label="佐证的编号"
                  max={60}
                  says="会议、任务、问题的编号；没有编号的上传材料。"
                  value={draft.reference}
                  onChange={(reference) => change({ reference })}
                />
                <EvidenceField
                  itemKind="dutyList"
                  itemId={view.id}
                  files={view.files}
                  chosen={draft.fileIds}
                  onChange={(fileIds) => change({ fileIds })}
                />
              </>
            );
          }}
          onClose={() => setAction(null)}
          onRefresh={() => void read.refetch()}
        />
      )}
    </>
  );
}
