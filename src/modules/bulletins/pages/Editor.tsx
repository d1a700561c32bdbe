import { Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { TwoPane } from '../../../platform/web/parts/TwoPane.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { api, type BulletinView, listOf } from './bulletins-client.ts';
import { Paragraph } from './Words.tsx';

/** 修改文字: the words at the left, the sealed figures at the right. Figures stand in the words by their names only. */
export function Editor({ view, onDone }: { view: BulletinView; onDone: () => void }) {
  const id = useId();
  const [sections, setSections] = useState(view.sections.map(({ key, text }) => ({ key, text })));
  const [chosen, setChosen] = useState(view.chosen);
  const [addressee, setAddressee] = useState(view.addressee);
  const [copies, setCopies] = useState(view.copies);
  const [copied, setCopied] = useState('');
  const saving = useAct(api.editBulletin, { onDone });
  const word = (key: string): string => view.sections.find((one) => one.key === key)?.word ?? '';
  const is = (pick: (typeof chosen)[number], story: (typeof view.tables.stories)[number]): boolean =>
    pick.filingId === story.filingId && pick.at === story.at && pick.kind === story.kind;
  const left = (
    <>
      <p className="g-quiet">
        数字写成{'{{名称}}'}，由系统填入，不能手写；右边点名称可以复制。固定提法里的数目字请加引号。
      </p>
      <Labelled id={`${id}-to`} label="主送单位">
        <Input
          id={`${id}-to`}
          maxLength={300}
          value={addressee}
          onChange={(event) => setAddressee(event.target.value)}
        />
      </Labelled>
      {sections.map((section) => (
        <div key={section.key} className="g-bulletin-edit">
          <Labelled id={`${id}-${section.key}`} label={word(section.key)}>
            <Input.TextArea
              id={`${id}-${section.key}`}
              autoSize={{ minRows: 2, maxRows: 16 }}
              maxLength={20_000}
              value={section.text}
              onChange={(event) =>
                setSections(
                  sections.map((one) => (one.key === section.key ? { ...one, text: event.target.value } : one)),
                )
              }
            />
          </Labelled>
          <div className="g-bulletin-preview">
            {section.text
              .split('\n')
              .filter((line) => line.trim() !== '')
              .map((line) => (
                <Paragraph key={line} text={line} view={view} />
              ))}
          </div>
          {section.key === 'practices' ? (
            view.tables.stories.length === 0 ? (
              <p className="g-quiet">本期各单位没有报送经验做法。</p>
            ) : (
              <fieldset className="g-field">
                <legend>选登哪些经验做法</legend>
                {view.tables.stories.map((story) => (
                  <p key={`${story.filingId}${story.kind}${story.at}`}>
                    <Checkbox
                      checked={chosen.some((pick) => is(pick, story))}
                      onChange={(event) =>
                        setChosen(
                          event.target.checked
                            ? [...chosen, { filingId: story.filingId, at: story.at, kind: story.kind }]
                            : chosen.filter((pick) => !is(pick, story)),
                        )
                      }
                    >
                      {story.title}（{story.unitName}，{story.kind === 'case' ? '典型案例' : '经验做法'}）
                    </Checkbox>
                    <span className="g-bulletin-story">{story.text}</span>
                  </p>
                ))}
              </fieldset>
            )
          ) : null}
        </div>
      ))}
      <Labelled id={`${id}-copies`} label="抄送单位">
        <Input id={`${id}-copies`} maxLength={300} value={copies} onChange={(event) => setCopies(event.target.value)} />
      </Labelled>
      <RefusalAlert refusal={saving.refusal} onResend={() => void saving.resend()} />
      <p className="g-row">
        <Button
          type="primary"
          loading={saving.busy}
          onClick={() =>
            void saving.act({
              params: { id: view.bulletin.id },
              body: { version: view.bulletin.version, sections, chosen, addressee, copies },
            })
          }
        >
          保存文字
        </Button>
        <Button onClick={onDone}>返回</Button>
      </p>
    </>
  );
  const copy = (name: string): void => {
    void navigator.clipboard?.writeText(`{{${name}}}`).catch(() => {});
    setCopied(name);
  };
  const right = (
    <>
      <p className="g-quiet" role="status">
        {copied === '' ? '快照里的数字，取数以后不再变动。' : `已复制{{${copied}}}，粘贴到文字里即可。`}
      </p>
      <table className="g-plain-table g-bulletin-table">
        <thead>
          <tr>
            <th scope="col">名称</th>
            <th scope="col" className="g-number">
              数字
            </th>
            <th scope="col">清单</th>
          </tr>
        </thead>
        <tbody>
          {view.figures.map((one) => {
            const to = listOf(one, view.within);
            return (
              <tr key={one.name}>
                <td>
                  <Button size="small" type="text" onClick={() => copy(one.name)} aria-label={`复制${one.name}`}>
                    {one.name}
                  </Button>
                </td>
                <td className={one.kind === 'words' ? '' : 'g-number'}>
                  {one.words}
                  {one.kind === 'count' ? one.unit : ''}
                </td>
                <td>
                  {to ? (
                    <Link to={to} aria-label={`打开${one.name}的清单`}>
                      打开
                    </Link>
                  ) : (
                    ''
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
  return <TwoPane left={left} right={right} leftLabel="文字" rightLabel="快照" leftShare={60} />;
}
