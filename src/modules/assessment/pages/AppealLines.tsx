import { Button, InputNumber, Modal } from 'antd';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { TextField } from '../../../platform/web/parts/TextField.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { type AppealAction, appealLifecycle } from '../appeal-lifecycle.ts';
import './assessment.css';
import { type Appeal, api, appealTone, points, sheetPage } from './assessment-client.ts';

/** Appeals with what was decided and what the reader may do. */
export function AppealLines({ rows }: { rows: readonly Appeal[] }) {
  const [open, setOpen] = useState<{ readonly appeal: Appeal; readonly action: AppealAction } | null>(null);
  return (
    <>
      <ul className="a-lines">
        {rows.map((one) => (
          <li key={one.id}>
            <div className="a-line-head">
              <span>
                <span className="g-code">{one.number}</span>{' '}
                <Link to={sheetPage(one.schemeId, one.unitId)}>
                  {one.unitName}：{one.lineName}
                </Link>{' '}
                <StatusTag tone={appealTone[one.state]}>{appealLifecycle.states[one.state]}</StatusTag>
              </span>
              <span className="a-score g-figures">
                {points(one.before)}
                {one.after === null ? '' : ` → ${points(one.after)}`}
              </span>
            </div>
            <p className="a-text">{one.text}</p>
            <p className="g-quiet">
              {one.filedByName}于{one.filedOn}提出{one.asked === null ? '' : `，请求更正为${one.asked}分`}。
              {one.schemeTitle}
            </p>
            {one.opinion === null ? null : (
              <p>
                处理意见：{one.opinion}（{one.decidedByName}，{one.decidedOn}）
              </p>
            )}
            <div className="g-row g-no-print">
              {one.offers
                .filter((offer) => offer.may)
                .map((offer) => (
                  <Button
                    key={offer.action}
                    size="small"
                    type={offer.action === 'uphold' ? 'primary' : 'default'}
                    onClick={() => setOpen({ appeal: one, action: offer.action as AppealAction })}
                  >
                    {offer.label}
                  </Button>
                ))}
              {one.state === 'filed' && one.offers.every((offer) => !offer.may) ? (
                <span className="g-quiet">{one.offers[0]?.says}</span>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      {open ? <Decide {...open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function Decide(props: { appeal: Appeal; action: AppealAction; onClose: () => void }) {
  const { appeal, action } = props;
  const id = useId();
  const [opinion, setOpinion] = useState('');
  const [score, setScore] = useState<number | null>(appeal.asked);
  const deciding = useAct(api.decideAppeal, { onDone: props.onClose });
  const retracting = useAct(api.retractAppeal, { onDone: props.onClose });
  const params = { id: appeal.id };
  const { version } = appeal;
  const send = () =>
    action === 'retract'
      ? void retracting.act({ params, body: { version, reason: opinion } })
      : void deciding.act({
          params,
          body: { version, uphold: action === 'uphold', opinion, score: action === 'uphold' ? score : null },
        });
  const word = appealLifecycle.actions[action];
  return (
    <Modal
      open
      title={`${word}：${appeal.number} ${appeal.lineName}`}
      okText={`确认${word}`}
      cancelText="返回"
      confirmLoading={deciding.busy || retracting.busy}
      mask={{ closable: false }}
      onOk={send}
      onCancel={props.onClose}
    >
      {action === 'uphold' ? (
        <Labelled id={`${id}-score`} label={`更正后的分数（现为${appeal.before}分，0到${appeal.max}分）`} must>
          <InputNumber id={`${id}-score`} min={0} max={appeal.max} step={0.5} value={score} onChange={setScore} />
        </Labelled>
      ) : null}
      <TextField label={action === 'retract' ? '原因' : '处理意见'} value={opinion} onChange={setOpinion} />
      <RefusalAlert refusal={deciding.refusal ?? retracting.refusal} />
    </Modal>
  );
}
