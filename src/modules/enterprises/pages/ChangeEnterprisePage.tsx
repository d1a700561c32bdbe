import { App } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { type EnterpriseField, fieldWords } from '../enterprise.ts';
import { EnterpriseForm } from './EnterpriseForm.tsx';
import { api, type EnterpriseBody, type EnterpriseFile } from './enterprises-client.ts';

const bodyOf = (file: EnterpriseFile['enterprise']): EnterpriseBody =>
  Object.fromEntries(
    (Object.keys(fieldWords) as EnterpriseField[]).map((field) => [field, file[field]]),
  ) as unknown as EnterpriseBody;

/** 修改档案: the same form, filled. The version is that of the moment in which the page was opened. */
export function ChangeEnterprisePage() {
  const { id = '' } = useParams();
  const go = useNavigate();
  const { message } = App.useApp();
  const read = useRead(api.readEnterprise, { params: { id } }, { keepFormer: false });
  const change = useAct(api.changeEnterprise, {
    onDone: () => {
      void message.success('已保存。');
      go(`/enterprises/${id}`, { replace: true });
    },
  });
  if (read.error) return <RefusalAlert refusal={read.error} />;
  if (!read.data) return <p className="g-loading">正在打开…</p>;
  const { enterprise, may } = read.data;
  return (
    <>
      <PageHeader title={`修改档案：${enterprise.name}`} says={enterprise.number} />
      {may.change === null ? (
        <EnterpriseForm
          key={id}
          initial={bodyOf(enterprise)}
          except={id}
          regulatorFixed={may.changeRegulator}
          saveLabel="保存"
          busy={change.busy}
          refusal={change.refusal}
          onSave={(body) => void change.act({ params: { id }, body: { ...body, version: enterprise.version } })}
          onCancel={() => go(-1)}
        />
      ) : (
        <p className="g-empty">{may.change}</p>
      )}
    </>
  );
}
