import { Alert, Button, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { client, save } from '../../../platform/web/client.ts';
import { FileUpload } from '../../../platform/web/parts/FileUpload.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { unitsApi } from '../api.ts';

const api = client(unitsApi);
type Report = ResponseOf<typeof unitsApi.checkUnitImport>;

/** Drop a workbook, read what is wrong cell by cell, mend it, drop it again, enter it. */
export function ImportUnitsPage() {
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const check = useAct(api.checkUnitImport, { quiet: true, onDone: setReport });
  const enter = useAct(api.importUnits, { onDone: setReport });
  const take = (files: readonly File[]) => {
    const [first] = files;
    if (!first) return;
    setFile(first);
    setReport(null);
    enter.clear();
    void check.act({ file: first });
  };
  const clean = report !== null && report.problems.length === 0;
  return (
    <>
      <PageHeader
        title="导入组织机构"
        says="先核对，后写入：有一处不对就一行也不写入。同一张表可以反复导入，不会重复登记。"
        actions={<Button onClick={() => void api.downloadUnitTemplate().then(save)}>下载空白模板</Button>}
      />
      <Card>
        <FileUpload
          label="组织机构表格（.xlsx）"
          extensions={['xlsx']}
          maxBytes={10 * 1024 * 1024}
          progress={check.progress ?? enter.progress}
          hint="工作表可以有：单位、人员、别名、分组；只有一张表也可以。"
          onFiles={take}
        />
        {check.busy ? <p role="status">正在核对「{file?.name}」…</p> : null}
        <RefusalAlert refusal={check.refusal ?? enter.refusal} onResend={check.refusal ? check.resend : enter.resend} />
      </Card>
      {report ? (
        <Card title={`核对结果：${file?.name ?? ''}`}>
          <p>
            {report.sheets.map((sheet) => `「${sheet.name}」认作${sheet.what}，${sheet.rows} 行`).join('；') ||
              '没有认出可以导入的工作表'}
            。
          </p>
          {report.applied ? (
            <Alert type="success" showIcon title="已写入。" action={<Link to="/units">查看单位</Link>} />
          ) : clean ? (
            <Alert type="success" showIcon title="没有发现问题，可以写入。" />
          ) : (
            <Alert
              type="warning"
              showIcon
              title={`发现 ${report.problems.length} 处问题，请在表格中改好后重新选择文件。`}
            />
          )}
          {clean ? (
            <div style={{ overflowX: 'auto', marginTop: 12 }}>
              <Table
                rowKey="what"
                size="small"
                bordered
                pagination={false}
                dataSource={report.changes}
                locale={{ emptyText: '没有需要写入的内容。' }}
                columns={[
                  { title: '内容', dataIndex: 'what' },
                  { title: '新增', dataIndex: 'added', align: 'right' },
                  { title: '更新', dataIndex: 'changed', align: 'right' },
                  { title: '不变', dataIndex: 'same', align: 'right' },
                ]}
              />
            </div>
          ) : (
            <div style={{ overflowX: 'auto', marginTop: 12 }}>
              <Table
                rowKey={(problem) => `${problem.sheet}/${problem.row}/${problem.column}/${problem.says}`}
                size="small"
                bordered
                pagination={{ pageSize: 100, hideOnSinglePage: true }}
                dataSource={report.problems}
                columns={[
                  { title: '工作表', dataIndex: 'sheet', width: 100 },
                  { title: '行', dataIndex: 'row', width: 60, align: 'right' },
                  { title: '列', dataIndex: 'column', width: 120 },
                  { title: '问题', dataIndex: 'says' },
                  { title: '怎样改', dataIndex: 'mend' },
                ]}
              />
            </div>
          )}
          {clean && !report.applied && file ? (
            <Button
              type="primary"
              style={{ marginTop: 12 }}
              loading={enter.busy}
              onClick={() => void enter.act({ file })}
            >
              写入
            </Button>
          ) : null}
        </Card>
      ) : null}
    </>
  );
}
