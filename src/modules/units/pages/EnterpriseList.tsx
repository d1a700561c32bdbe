import { Button, Input, List, Pagination } from 'antd';
import { useState } from 'react';
import { client } from '../../../platform/web/client.ts';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { unitsApi } from '../api.ts';

const api = client(unitsApi);

/** Enterprises of an area ('' for all), page by page: there may be thousands. */
export function EnterpriseList({ areaCode, onOpen }: { areaCode: string; onOpen: (id: string) => void }) {
  const [page, setPage] = useState(1);
  const [q, setQ] = useState('');
  const list = useRead(api.listUnits, {
    query: {
      kind: ['enterprise'],
      page,
      pageSize: 50,
      ...(areaCode ? { areaCode } : {}),
      ...(q.trim() ? { q: q.trim() } : {}),
    },
  });
  return (
    <Card title="企业">
      <Input
        aria-label="查找企业"
        placeholder="名称或拼音首字母"
        allowClear
        value={q}
        onChange={(event) => {
          setQ(event.target.value);
          setPage(1);
        }}
      />
      <RefusalAlert refusal={list.error} />
      <List
        loading={list.isFetching}
        dataSource={list.data?.rows ?? []}
        locale={{ emptyText: '没有找到企业，请换个写法。' }}
        renderItem={(unit) => (
          <List.Item key={unit.id}>
            <Button type="link" size="small" onClick={() => onOpen(unit.id)}>
              {unit.name}
            </Button>
            <span className="g-quiet">{unit.parentName}</span>
          </List.Item>
        )}
      />
      <Pagination
        size="small"
        current={page}
        pageSize={50}
        total={list.data?.total ?? 0}
        showSizeChanger={false}
        onChange={setPage}
      />
    </Card>
  );
}
