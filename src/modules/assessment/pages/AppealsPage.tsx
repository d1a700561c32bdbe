import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { AppealLines } from './AppealLines.tsx';
import { api } from './assessment-client.ts';

/** 考核申诉: all that the reader may see, what waits first. */
export function AppealsPage() {
  const read = useRead(api.listAppeals);
  return (
    <>
      <PageHeader
        title="考核申诉"
        says="公示期内在考核表上对某一项提出；由申诉单位和打分人以外的同志处理，更正前后都有记录。"
      />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      <Card>
        {read.data === undefined ? (
          <p className="g-loading">正在读取…</p>
        ) : read.data.rows.length === 0 ? (
          <p className="g-empty">没有申诉。</p>
        ) : (
          <AppealLines rows={read.data.rows} />
        )}
      </Card>
    </>
  );
}
