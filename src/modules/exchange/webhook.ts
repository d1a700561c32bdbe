/** What a webhook may be told: the turns of a problem's life that other systems ask for. */
export const webhookEvents = {
  'problem.registered': '登记',
  'problem.received': '签收',
  'problem.reassigned': '改派',
  'problem.progressed': '填报进展',
  'problem.requestApproved': '批准延期',
  'problem.done': '报告整改完成',
  'problem.rechecked': '复查通过',
  'problem.sentBack': '复查退回',
  'problem.closed': '销号',
  'problem.reopened': '重新打开',
  'problem.withdrawn': '撤回',
  'problem.merged': '并入',
  'problem.unfounded': '查不属实',
  'problem.planned': '列入治理计划',
  'problem.listed': '挂牌',
  'problem.delisted': '摘牌',
} as const;
export type WebhookEvent = keyof typeof webhookEvents;
export const webhookEventNames = Object.keys(webhookEvents) as WebhookEvent[];

export const deliveryStates = { waiting: '待发', delivered: '已送达', failed: '未送达', outside: '不在范围' } as const;
export type DeliveryState = keyof typeof deliveryStates;

/** Pauses between tries, in seconds: about two days in all, then a person has to look. */
export const pauses: readonly number[] = [10, 60, 300, 1800, 7200, 21_600, 43_200, 86_400];

/** Seconds until the next try after `tried` tries (1 for the first), or null when it is given up. */
export const pauseAfter = (tried: number): number | null => pauses[tried - 1] ?? null;

/** What is signed: the moment and the body, so that neither can be exchanged. */
export const signedText = (at: string, body: string): string => `${at}.${body}`;

/**
 * Why this address cannot be told anything, or null. Loopback and link-local addresses are the server's own house: only a
 * demonstration may use them.
 */
export function addressRefusal(address: string, demonstration: boolean): string | null {
  const [, before, host] =
    /^https?:\/\/(?:([^/?#@]*)@)?(\[[0-9a-f:.]+\]|[^/:?#@\s]+)(?::\d{1,5})?(?:[/?#]\S*)?$/i.exec(address) ?? [];
  if (host === undefined) return '地址应像 https://example.gov.cn/hook 这样，以 https:// 或 http:// 开头。';
  if (before !== undefined) return '地址里不能带用户名和密码。';
  if (!demonstration && isOwn(host)) return '不能推送到本机地址。';
  return null;
}

/** Is the host, by name or number, the machine itself or its neighbourhood without a router? */
export function isOwn(host: string): boolean {
  const plain = host.replace(/^\[|\]$/g, '').toLowerCase();
  return (
    plain === 'localhost' ||
    plain.endsWith('.localhost') ||
    plain === '0.0.0.0' ||
    plain === '::' ||
    plain === '::1' ||
    /^127\./.test(plain) ||
    /^169\.254\./.test(plain) ||
    /^fe[89ab][0-9a-f]:/.test(plain) ||
    /^::ffff:(127\.|7f|169\.254\.|a9fe)/.test(plain)
  );
}
