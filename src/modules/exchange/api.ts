import { Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { pageOf, paging } from '../../kernel/paging.ts';
import { ById, codes, Id, Nullable } from '../../kernel/shapes.ts';
import { deliveryStates, webhookEventNames } from './webhook.ts';

const Event = codes(webhookEventNames);
const State = codes(Object.keys(deliveryStates) as (keyof typeof deliveryStates)[]);
const Text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));

export const exchangeApi = contract({
  listWebhooks: {
    method: 'GET',
    path: '/api/webhooks',
    summary: '消息推送',
    permission: 'webhook.read',
    audit: null,
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          id: Type.String(),
          name: Type.String(),
          address: Type.String(),
          events: Type.Array(Event),
          unitId: Nullable(Type.String()),
          unitName: Nullable(Type.String()),
          disabledAt: Nullable(Type.String()),
          createdByName: Type.String(),
          waiting: Type.Integer(),
          failed: Type.Integer(),
          version: Type.Integer(),
        }),
      ),
    }),
  },
  createWebhook: {
    method: 'POST',
    path: '/api/webhooks',
    summary: '建立消息推送',
    permission: 'webhook.change',
    audit: '建立消息推送',
    secret: true,
    body: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 30 }),
      address: Type.String({ minLength: 8, maxLength: 300 }),
      events: Type.Array(Event, { minItems: 1, maxItems: 40 }),
      unitId: Type.Optional(Nullable(Id)),
    }),
    response: Type.Object({ id: Type.String(), secret: Type.String() }),
  },
  disableWebhook: {
    method: 'POST',
    path: '/api/webhooks/:id/disable',
    summary: '停用消息推送',
    permission: 'webhook.change',
    audit: '停用消息推送',
    params: ById,
    body: Type.Object({ version: Type.Integer({ minimum: 1 }), reason: Type.String({ minLength: 2, maxLength: 200 }) }),
    response: Type.Object({ id: Type.String(), version: Type.Integer() }),
  },
  listDeliveries: {
    method: 'GET',
    path: '/api/webhooks/:id/deliveries',
    summary: '推送记录',
    permission: 'webhook.read',
    audit: null,
    params: ById,
    query: Type.Object({ ...paging, state: Type.Optional(State) }),
    response: pageOf(
      Type.Object({
        id: Type.String(),
        event: Event,
        state: State,
        tries: Type.Integer(),
        createdAt: Type.String(),
        nextAt: Nullable(Type.String()),
        endedAt: Nullable(Type.String()),
        answer: Nullable(Type.String()),
      }),
    ),
  },
  sendAgain: {
    method: 'POST',
    path: '/api/webhooks/:id/deliveries/:delivery/again',
    summary: '重新推送',
    permission: 'webhook.change',
    audit: '重新推送',
    params: Type.Object({ id: Id, delivery: Id }),
    response: Type.Object({ done: Type.Boolean() }),
  },
  /** GeoReport v2: discovery, services and requests as JSON or XML by the ending of the address. */
  readOpen311: {
    method: 'GET',
    path: '/open311/v2/:document',
    summary: 'Open311：服务目录、服务列表、诉求列表',
    permission: 'public',
    audit: null,
    params: Type.Object({ document: Type.String({ maxLength: 40 }) }),
    query: Type.Object({
      jurisdiction_id: Text(12),
      service_request_id: Text(1200),
      service_code: Text(100),
      start_date: Text(40),
      end_date: Text(40),
      status: Text(20),
      page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
      page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    }),
    response: Type.Any(),
    download: true,
  },
  readOpen311One: {
    method: 'GET',
    path: '/open311/v2/:kind/:document',
    summary: 'Open311：一项服务、一件诉求',
    permission: 'public',
    audit: null,
    params: Type.Object({
      kind: codes(['services', 'requests', 'tokens'] as const),
      document: Type.String({ maxLength: 60 }),
    }),
    query: Type.Object({ jurisdiction_id: Text(12) }),
    response: Type.Any(),
    download: true,
  },
  /** Needs a key (`api_key`) with the permission to register; form fields as the specification has them. */
  postOpen311: {
    method: 'POST',
    path: '/open311/v2/:document',
    summary: 'Open311：提交诉求',
    permission: 'problem.register',
    audit: 'Open311 提交诉求',
    params: Type.Object({ document: codes(['requests.json', 'requests.xml'] as const) }),
    query: Type.Object({ api_key: Text(200), jurisdiction_id: Text(12) }),
    body: Type.Object({
      api_key: Text(200),
      jurisdiction_id: Text(12),
      service_code: Type.String({ maxLength: 40 }),
      lat: Text(30),
      long: Text(30),
      address_string: Text(200),
      address_id: Text(60),
      description: Type.String({ minLength: 2, maxLength: 4000 }),
      media_url: Text(500),
      email: Text(200),
      device_id: Text(200),
      account_id: Text(200),
      first_name: Text(100),
      last_name: Text(100),
      phone: Text(60),
    }),
    response: Type.Any(),
    download: true,
  },
});
