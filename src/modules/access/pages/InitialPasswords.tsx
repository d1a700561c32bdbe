import { Modal, Table } from 'antd';

export interface MadeAccount {
  readonly login: string;
  readonly unitName: string;
  readonly initialPassword: string;
}

/** Initial passwords, seen this once: the product keeps only their hashes. */
export function InitialPasswords({ made, onClose }: { made: readonly MadeAccount[]; onClose: () => void }) {
  return (
    <Modal
      open={made.length > 0}
      title="初始密码（只显示这一次）"
      okText="我已记下"
      cancelButtonProps={{ style: { display: 'none' } }}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      onOk={onClose}
    >
      <p>请当面或用安全的方式告诉本人。本人第一次登录后必须修改。关闭后不能再看到，只能重置。</p>
      <Table
        rowKey="login"
        size="small"
        bordered
        pagination={false}
        dataSource={[...made]}
        columns={[
          { title: '姓名或单位', dataIndex: 'unitName' },
          { title: '登录名', dataIndex: 'login' },
          { title: '初始密码', key: 'password', render: (_, row) => <code>{row.initialPassword}</code> },
        ]}
      />
    </Modal>
  );
}
