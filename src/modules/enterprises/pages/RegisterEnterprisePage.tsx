import { App } from 'antd';
import { useNavigate } from 'react-router';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { EnterpriseForm } from './EnterpriseForm.tsx';
import { api } from './enterprises-client.ts';

/** 登记: what the register does not have yet. */
export function RegisterEnterprisePage() {
  const { actor } = useSession();
  const whole = actor?.roles.includes('officer') ?? false;
  const go = useNavigate();
  const { message } = App.useApp();
  const register = useAct(api.registerEnterprise, {
    onDone: (made) => {
      void message.success(`已登记，编号 ${made.number}。`);
      go(`/enterprises/${made.id}`, { replace: true });
    },
  });
  return (
    <>
      <PageHeader
        title="登记企业或场所"
        says={`不清楚的可以先空着，以后补。${whole ? '' : '直接监管单位和属地都不填的，归到您的单位。'}`}
      />
      <EnterpriseForm
        initial={{ kind: 'enterprise', name: '' }}
        saveLabel="登记"
        busy={register.busy}
        refusal={register.refusal}
        onSave={(body) => void register.act({ body })}
        onCancel={() => go(-1)}
      />
    </>
  );
}
