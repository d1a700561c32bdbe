import { Button, Select } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { client } from '../../../platform/web/client.ts';
import { AsOf } from '../../../platform/web/parts/AsOf.tsx';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { RefusedError } from '../../../platform/web/refused.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useAsOf } from '../../../platform/web/use-as-of.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { wallApi } from '../api.ts';
import type { Board } from '../sheet.ts';
import { LateList, MatrixTable, StageLines, UnitRanking } from './BoardParts.tsx';
import { sameCount, tasksAddress } from './links.ts';
import { WallMapCard } from './WallMapCard.tsx';
import './wall.css';

const api = client(wallApi);

/** The wall on an office screen: what is red, who owes, since when, what comes next; every figure opens its list. */
export function BoardPage() {
  const { actor } = useSession();
  const { day, isPast } = useAsOf();
  const [params, setParams] = useSearchParams();
  const planId = params.get('planId');
  const query = { ...(isPast ? { asOf: day } : {}), ...(planId ? { planId } : {}) };
  const board = useRead(api.board, { query }, isPast ? {} : { refreshEvery: 60_000 });
  const plans = useRead(api.wallPlans, {});
  const choosePlan = (chosen: string | null): void =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (chosen) next.set('planId', chosen);
        else next.delete('planId');
        return next;
      },
      { replace: true },
    );
  const listed = sameCount(actor?.roles, isPast ? day : null, planId);
  return (
    <>
      <PageHeader
        title="挂图作战"
        actions={
          <>
            <AsOf />
            <Select
              aria-label="方案"
              style={{ minWidth: 220, maxWidth: 340 }}
              value={planId ?? ''}
              onChange={(value: string) => choosePlan(value || null)}
              options={[
                { value: '', label: '全部方案' },
                ...(plans.data?.rows ?? []).map((plan) => ({ value: plan.id, label: plan.title })),
              ]}
            />
            <Button href={api.wallSheetPage.address({ query })} target="_blank">
              打印预览
            </Button>
            <Button href={api.wallSheet.address({ query })}>A3 打印件</Button>
            <Button href={api.wallBook.address({ query })}>导出 Excel</Button>
            <Link to={isPast ? `/wall/screen?asOf=${day}` : '/wall/screen'} target="_blank">
              打开大屏
            </Link>
          </>
        }
      />
      {board.error instanceof RefusedError ? (
        <RefusalAlert refusal={board.error} onRefresh={() => board.refetch()} />
      ) : null}
      {board.data ? <BoardView board={board.data} listed={listed} /> : <p className="g-loading">正在计算…</p>}
    </>
  );
}

function BoardView({ board, listed }: { board: Board; listed: Record<string, string> }) {
  const { figures } = board;
  const list = (filters: Record<string, string>): string => tasksAddress({ ...listed, ...filters });
  return (
    <div className="w-board">
      <FigureStrip label="总览">
        <Figure
          name="在办"
          value={figures.open}
          unit="项"
          to={list({ lamp: 'red,amber,green,grey' })}
          note={`共下达 ${figures.assigned} 项`}
        />
        <Figure
          name="逾期"
          colour="red"
          value={figures.red}
          unit="项"
          to={list({ lamp: 'red' })}
          note={`当日新增 ${figures.turnedRedThatDay}`}
        />
        <Figure name="临期或落后" colour="amber" value={figures.amber} unit="项" to={list({ lamp: 'amber' })} />
        <Figure name="正常" colour="green" value={figures.green} unit="项" to={list({ lamp: 'green' })} />
        <Figure name="待签收" value={figures.toReceive} unit="项" to={list({ state: 'toReceive' })} />
        <Figure name="待核查" value={figures.submitted} unit="项" to={list({ state: 'submitted' })} />
        <Figure
          name="已办结"
          value={figures.closed}
          unit="项"
          to={list({ state: 'closed' })}
          note={`其中逾期办结 ${figures.closedLate}`}
        />
        <Figure name="办结率" value={figures.completion} unit="%" note={`当日办结 ${figures.closedThatDay}`} />
      </FigureStrip>
      <div className="w-columns">
        <Card title="责任单位" extra={<span className="g-quiet">按逾期最久排序</span>}>
          <UnitRanking board={board} list={list} />
        </Card>
        <WallMapCard board={board} list={list} />
      </div>
      <Card title="阶段进度" extra={<span className="g-quiet">红线为 {board.day}</span>}>
        <StageLines board={board} list={list} />
      </Card>
      <Card title="行业领域 × 阶段">
        <MatrixTable board={board} list={list} />
      </Card>
      <div className="w-columns">
        <Card title="逾期任务" extra={<Link to={list({ lamp: 'red' })}>全部 {figures.red} 项</Link>}>
          <LateList tasks={board.late.slice(0, 10)} kind="late" />
        </Card>
        <Card title="两周内到期">
          <LateList tasks={board.soon.slice(0, 10)} kind="soon" />
        </Card>
      </div>
    </div>
  );
}
