import { Button, Input, Modal, Segmented, Tree } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { client } from '../../../platform/web/client.ts';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { TwoPane } from '../../../platform/web/parts/TwoPane.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { unitsApi } from '../api.ts';
import { EnterpriseList } from './EnterpriseList.tsx';
import { UnitDetail } from './UnitDetail.tsx';
import { UnitForm } from './UnitForm.tsx';
import { type Arrangement, arrange } from './unit-tree.ts';

const api = client(unitsApi);

/** The organisation as a tree by kind, area or superior on the left; the chosen unit on the right. */
export function UnitsPage() {
  const { may } = useSession();
  const [params, setParams] = useSearchParams();
  const [by, setBy] = useState<Arrangement>('kind');
  const [typed, setTyped] = useState('');
  const [adding, setAdding] = useState(false);
  const tree = useRead(api.readUnitTree);
  const chosen = params.get('open');
  const choose = (id: string | null) => {
    const next = new URLSearchParams(params);
    if (id) next.set('open', id);
    else next.delete('open');
    setParams(next);
  };
  const nodes = useMemo(
    () => arrange(tree.data?.units ?? [], tree.data?.enterprises ?? [], by, typed),
    [tree.data, by, typed],
  );
  const total = tree.data?.units.length ?? 0;
  const wanted = typed.trim() !== '';
  return (
    <>
      <PageHeader
        title="单位"
        says={
          tree.data
            ? `${tree.data.jurisdictionName}现有单位 ${total} 个，企业 ${tree.data.enterprises.reduce((sum, one) => sum + one.count, 0)} 家`
            : undefined
        }
        actions={
          may('unit.change') ? (
            <>
              <Button type="primary" onClick={() => setAdding(true)}>
                新增单位
              </Button>
              <Link to="/units/import">从表格导入</Link>
            </>
          ) : null
        }
      />
      <RefusalAlert refusal={tree.error} />
      <TwoPane
        leftShare={36}
        leftLabel="单位树"
        rightLabel="单位详情"
        left={
          <div className="g-card">
            <Segmented
              aria-label="排列方式"
              value={by}
              onChange={setBy}
              options={[
                { value: 'kind', label: '按类别' },
                { value: 'area', label: '按区域' },
                { value: 'parent', label: '按隶属' },
              ]}
            />
            <Input
              aria-label="查找单位"
              placeholder="名称、简称或拼音首字母"
              allowClear
              style={{ margin: '8px 0' }}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
            {nodes.length === 0 ? (
              <p className="g-empty">
                {wanted ? '没有找到，请换个写法。' : '还没有单位。可以逐个新增，也可以从表格导入。'}
              </p>
            ) : (
              <Tree
                key={`${by}${wanted}${nodes.length}`}
                aria-label="单位树"
                treeData={nodes}
                defaultExpandAll={wanted || by === 'parent' || total <= 60}
                selectedKeys={chosen ? [chosen] : []}
                onSelect={(keys) => {
                  const key = keys[0] === undefined ? null : String(keys[0]);
                  if (key !== null && !key.startsWith('group:')) choose(key);
                }}
                blockNode
              />
            )}
          </div>
        }
        right={
          chosen?.startsWith('enterprises:') ? (
            <EnterpriseList areaCode={chosen.slice('enterprises:'.length)} onOpen={choose} />
          ) : chosen ? (
            <UnitDetail key={chosen} id={chosen} onOpen={choose} />
          ) : (
            <div className="g-card">
              <p className="g-empty">请在单位树中选择一个单位，查看人员、别名和所在分组。</p>
            </div>
          )
        }
      />
      <Modal open={adding} title="新增单位" footer={null} onCancel={() => setAdding(false)} destroyOnHidden>
        <UnitForm
          onCancel={() => setAdding(false)}
          onDone={(id) => {
            setAdding(false);
            choose(id);
          }}
        />
      </Modal>
    </>
  );
}
