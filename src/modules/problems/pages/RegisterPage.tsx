import { Alert } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { type Registered, RegisterForm } from './RegisterForm.tsx';
import './problems.css';

/** 登记问题: the form again and again; what was registered last stands above it. */
export function RegisterPage() {
  const [params] = useSearchParams();
  const [round, setRound] = useState(0);
  const [last, setLast] = useState<Registered | null>(null);
  return (
    <>
      <PageHeader
        title="登记问题"
        says="先传照片、写一句话，其余的能带出来的都会带出来。没有提交的内容留在本机，关了页面也不丢。"
      />
      {last ? (
        <Alert
          className="g-last"
          type="success"
          showIcon
          role="status"
          title={
            <>
              {last.known ? '这条问题先前已经登记过：' : '已登记：'}
              <Link to={`/problems/${last.id}`}>{last.number}</Link>
              {last.drawn ? '。这条立查立改被抽中复查，请由另一位同志复查。' : '。'}
            </>
          }
          description={
            last.warnings.length > 0 ? (
              <ul className="g-places">
                {last.warnings.map((warning) => (
                  <li key={warning}>{warning}</li>
                ))}
              </ul>
            ) : undefined
          }
        />
      ) : null}
      <RegisterForm
        key={round}
        given={{
          enterpriseId: params.get('enterprise'),
          taskId: params.get('task'),
          planId: params.get('plan'),
        }}
        onDone={(done) => {
          setLast(done);
          setRound((old) => old + 1);
          window.scrollTo(0, 0);
        }}
      />
    </>
  );
}
