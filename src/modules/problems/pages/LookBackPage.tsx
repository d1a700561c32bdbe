import { Alert, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { Facts } from '../../../platform/web/parts/Facts.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { Timeline } from '../../../platform/web/parts/Timeline.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { seedSourceWords } from '../look-back.ts';
import { lookBackLifecycle } from '../look-back-lifecycle.ts';
import { LookBackChecks } from './LookBackChecks.tsx';
import { LookBackVerify } from './LookBackVerify.tsx';
import { type LookBackView, lookBacks, lookBackTone } from './look-back-client.ts';
import './figures.css';

const timeText = (iso: string | null): string =>
  iso === null ? '—' : new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** One draw: the frozen list and its hash, the seed, what was drawn, who checks it, and how anybody can recompute it. */
export function LookBackPage() {
  const { id = '' } = useParams();
  const read = useRead(lookBacks.viewLookBack, { params: { id } }, { keepFormer: false });
  if (read.error) return <RefusalAlert refusal={read.error} />;
  if (!read.data) return <p className="g-loading">正在读取…</p>;
  const view = read.data;
  const { lookBack } = view;
  return (
    <>
      <PageHeader
        title={`${lookBack.number} ${lookBack.title}`}
        tag={<StatusTag tone={lookBackTone[lookBack.state]}>{lookBackLifecycle.states[lookBack.state]}</StatusTag>}
        says={
          lookBack.replacedBy ? (
            <>
              已重新抽取，见 <Link to={`/look-backs/${lookBack.replacedBy.id}`}>{lookBack.replacedBy.number}</Link>
            </>
          ) : lookBack.replaces ? (
            <>
              代替 <Link to={`/look-backs/${lookBack.replaces.id}`}>{lookBack.replaces.number}</Link>，原因：
              {view.reason}
            </>
          ) : undefined
        }
      />
      <Next view={view} refresh={() => read.refetch()} />
      <Card title="名单与种子">
        <Facts
          rows={[
            { name: '销号时段', value: `${lookBack.from} 至 ${lookBack.to}` },
            { name: '范围', value: view.narrowed.length > 0 ? view.narrowed.join('；') : '全部' },
            { name: '名单', value: `${lookBack.poolSize} 条` },
            {
              name: '抽取要求',
              value: `${lookBack.take} 条，每个单位至少 ${view.perUnit} 条，重大至少 ${view.perMajor} 条`,
            },
            { name: '冻结', value: `${timeText(view.frozenAt)}，${lookBack.frozenByName}` },
            { name: '种子来源', value: seedSourceWords[view.seedSource] },
            { name: '名单摘要', value: <span className="f-hash">{view.listHash}</span>, wide: true },
            {
              name: '种子',
              value:
                view.seed === null ? (
                  '还没有产生'
                ) : (
                  <>
                    <span className="f-hash">{view.seed}</span>（{timeText(view.seededAt)}，{view.seededByName}；
                    {view.seedHow}
                    {view.witnesses.length > 0 ? `；见证人：${view.witnesses.join('、')}` : ''}）
                  </>
                ),
              wide: true,
            },
          ]}
        />
      </Card>
      {view.items.length > 0 ? <Items view={view} /> : null}
      <div className="f-columns">
        <Card title="怎样自己重算一遍">
          <ol className="f-steps">
            {view.howToRecompute.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <div className="f-toolbar">
            <DownloadButton call={lookBacks.frozenList} input={{ params: { id } }} label="冻结名单（.txt）" />
            <DownloadButton call={lookBacks.publishedDraw} input={{ params: { id } }} label="公布文件（.json）" />
            <DownloadButton call={lookBacks.publishedTable} input={{ params: { id } }} label="票号表（.csv）" />
          </div>
          {lookBack.drawn > 0 ? <LookBackVerify id={id} /> : null}
        </Card>
        <Card title="办理记录">
          <div className="f-wrap">
            <Timeline
              facts={view.facts.map((fact, at) => ({
                id: String(at),
                at: fact.at,
                who: fact.actorName,
                unit: fact.unitName,
                says: fact.says,
              }))}
            />
          </div>
        </Card>
      </div>
    </>
  );
}

/** What is to be done now: fix the seed, draw, or finish; and the way to another draw. */
function Next({ view, refresh }: { view: LookBackView; refresh: () => void }) {
  const navigate = useNavigate();
  const { lookBack } = view;
  const { id, version } = lookBack;
  const [seed, setSeed] = useState('');
  const [how, setHow] = useState('');
  const [witnesses, setWitnesses] = useState<string[]>([]);
  const fixing = useAct(lookBacks.fixLookBackSeed);
  const drawing = useAct(lookBacks.drawLookBack);
  const finishing = useAct(lookBacks.finishLookBack);
  const offer = (action: string) => view.offers.find((one) => one.action === action);
  const may = (action: string): boolean => offer(action)?.may ?? false;
  if (view.offers.length === 0 || lookBackLifecycle.final.includes(lookBack.state)) return null;
  const refusal = fixing.refusal ?? drawing.refusal ?? finishing.refusal;
  return (
    <Card title="下一步">
      {lookBack.state === 'frozen' && view.seedSource === 'witnessed' ? (
        may('fixSeed') ? (
          <>
            <p>名单已经冻结。请在见证人在场时当众产生种子（例如掷十二次骰子），逐字录入。</p>
            <div className="f-choice">
              <Labelled id="seed" label="种子" must says="至少 12 个字符，逐字录入，空格也算">
                <Input id="seed" maxLength={200} value={seed} onChange={(event) => setSeed(event.target.value)} />
              </Labelled>
              <Labelled id="seed-how" label="怎样产生的" must>
                <Input id="seed-how" maxLength={300} value={how} onChange={(event) => setHow(event.target.value)} />
              </Labelled>
              <Labelled id="seed-witnesses" label="见证人" must says="至少两位，写姓名后按回车">
                <Select
                  id="seed-witnesses"
                  mode="tags"
                  open={false}
                  style={{ width: '100%' }}
                  value={witnesses}
                  onChange={(names: string[]) => setWitnesses(names)}
                />
              </Labelled>
            </div>
            <Button
              type="primary"
              loading={fixing.busy}
              onClick={() => void fixing.act({ params: { id }, body: { version, seed, how, witnesses } })}
            >
              确定种子
            </Button>
          </>
        ) : (
          <Alert type="info" showIcon title={offer('fixSeed')?.says ?? ''} />
        )
      ) : null}
      {lookBack.state === 'frozen' && view.seedSource === 'seal' ? (
        <>
          <p>名单已经冻结。种子取冻结之后第一个封存日的封存值；那一天结束、次日零点封存以后即可取用。</p>
          <Button
            type="primary"
            disabled={!may('fixSeed')}
            loading={fixing.busy}
            onClick={() => void fixing.act({ params: { id }, body: { version } })}
          >
            取封存值作种子
          </Button>
        </>
      ) : null}
      {lookBack.state === 'seeded' ? (
        <>
          <p>种子已经确定，可以抽取。抽取只是计算，谁来按都一样。</p>
          <Button
            type="primary"
            disabled={!may('draw')}
            loading={drawing.busy}
            onClick={() => void drawing.act({ params: { id }, body: { version } })}
          >
            抽取
          </Button>
        </>
      ) : null}
      {lookBack.state === 'drawn' ? (
        <p>
          抽中 {lookBack.drawn} 条，已核查 {lookBack.checked} 条
          {lookBack.late > 0 ? <b className="g-lamp-text-red">，核查超期 {lookBack.late} 条</b> : null}。
          {may('finish') ? (
            <>
              {' '}
              <Button
                type="primary"
                loading={finishing.busy}
                onClick={() => void finishing.act({ params: { id }, body: { version } })}
              >
                结束回头看
              </Button>
            </>
          ) : (
            ' 全部有结果以后可以结束。'
          )}
        </p>
      ) : null}
      {may('redraw') ? (
        <p className="g-quiet">
          名单有误或者不能采用时，
          <Button type="link" size="small" onClick={() => navigate(`/look-backs/new?replaces=${id}`)}>
            重新抽取
          </Button>
          （另编一个号，写明原因，这一次保留）。
        </p>
      ) : null}
      <RefusalAlert refusal={refusal} onRefresh={refresh} />
    </Card>
  );
}

/** The drawn problems; the office gives them to checkers here. */
function Items({ view }: { view: LookBackView }) {
  const { may, today } = useSession();
  const assigning = view.lookBack.state === 'drawn' && may('lookBack.direct') && view.offers.length > 0;
  const [chosen, setChosen] = useState<string[]>([]);
  const [checker, setChecker] = useState<string | undefined>(undefined);
  const [q, setQ] = useState('');
  const [due, setDue] = useState<string | null>(null);
  const checkers = useRead(lookBacks.lookBackCheckers, { query: q === '' ? {} : { q } }, { enabled: assigning });
  const acting = useAct(lookBacks.assignChecks, { onDone: () => setChosen([]) });
  const waiting = view.items.filter((item) => item.state === 'toAssign' || item.state === 'toCheck');
  return (
    <Card title={`抽中的问题（${view.items.length}）`} extra={<span className="g-quiet">按票号从小到大</span>}>
      {assigning && waiting.length > 0 ? (
        <>
          <div className="f-toolbar">
            <Button
              size="small"
              onClick={() => setChosen(waiting.filter((item) => item.state === 'toAssign').map((item) => item.id))}
            >
              选中全部待派发
            </Button>
            <span className="g-quiet">已选 {chosen.length} 条，派给</span>
            <Select
              aria-label="核查人"
              placeholder="核查人（输入姓名或单位）"
              style={{ width: 260 }}
              showSearch
              filterOption={false}
              onSearch={setQ}
              value={checker}
              onChange={setChecker}
              options={(checkers.data?.rows ?? []).map((one) => ({
                value: one.accountId,
                label: `${one.unitName ?? ''} ${one.name}`,
              }))}
            />
            <DayPicker label="核查期限" value={due} from={today} onChange={setDue} />
            <Button
              type="primary"
              loading={acting.busy}
              disabled={chosen.length === 0 || checker === undefined || due === null}
              onClick={() =>
                void acting.act({
                  params: { id: view.lookBack.id },
                  body: { itemIds: chosen, checkerId: checker ?? '', dueOn: due ?? '' },
                })
              }
            >
              派发核查
            </Button>
          </div>
          <RefusalAlert refusal={acting.refusal} onResend={() => void acting.resend()} />
        </>
      ) : null}
      <LookBackChecks items={view.items} {...(assigning ? { chosen, onChoose: setChosen } : {})} />
    </Card>
  );
}
