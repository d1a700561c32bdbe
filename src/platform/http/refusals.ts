import type { FastifyError } from 'fastify';
import { Refusal, type RefusalKind, type RefusalPlace } from '../../kernel/refusal.ts';
import { FileTooLarge } from '../files/store.ts';

/** The one map from refusals to HTTP. */
export const statusOf: Readonly<Record<RefusalKind, number>> = {
  'not-signed-in': 401,
  'not-allowed': 403,
  'not-found': 404,
  'not-now': 409,
  'too-large': 413,
  'not-valid': 422,
  'too-many': 429,
};

const keywordSays = (keyword: string, params: Record<string, unknown>): string => {
  switch (keyword) {
    case 'required':
      return '缺少这一项';
    case 'minLength':
      return params.limit === 1 ? '不能为空' : `至少 ${params.limit} 个字`;
    case 'maxLength':
      return `最多 ${params.limit} 个字`;
    case 'minimum':
      return `不能小于 ${params.limit}`;
    case 'maximum':
      return `不能大于 ${params.limit}`;
    case 'minItems':
      return `至少要有 ${params.limit} 项`;
    case 'maxItems':
      return `最多 ${params.limit} 项`;
    case 'enum':
    case 'const':
    case 'anyOf':
      return '不是允许的取值';
    case 'additionalProperties':
      return `不认识的项目「${String(params.additionalProperty)}」`;
    case 'format':
    case 'pattern':
      return '格式不对';
    default:
      return '格式不对';
  }
};

/** Turns what a request violated of its contract into places that a person can find. */
function placesOf(error: FastifyError): RefusalPlace[] {
  return (error.validation ?? []).slice(0, 20).map((one) => {
    const missing = one.keyword === 'required' ? `/${String(one.params.missingProperty)}` : '';
    const path = `${error.validationContext ?? ''}${one.instancePath}${missing}`.replaceAll('/', '.');
    return { where: path, says: keywordSays(one.keyword, one.params) };
  });
}

/** Every error becomes a refusal with a sentence; what is nobody's fault but ours is null, and the log keeps it. */
export function asRefusal(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (error instanceof FileTooLarge)
    return new Refusal(
      'too-large',
      `文件超过了 ${Math.floor(Number(error.message) / 1_048_576)} MB 的上限，没有保存。请压缩或拆分后再传。`,
    );
  const fastify = error as FastifyError;
  if (fastify.validation)
    return new Refusal('not-valid', '提交的内容不符合要求，请按提示修改后再提交。', placesOf(fastify));
  switch (fastify.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Refusal('too-large', '提交的内容太大，没有保存。请分几次提交。');
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new Refusal('not-valid', '提交的内容无法识别，请刷新页面后再试。');
    case 'FST_REQ_FILE_TOO_LARGE':
      return new Refusal('too-large', '文件超过上限，没有保存。请压缩或拆分后再传。');
    // a row somebody else holds for too long, or the database stopped answering in time
    case '55P03':
    case '57014':
      return new Refusal('not-now', '系统正忙，这次没有办成，也没有留下任何改动。请稍后再试。');
    // characters that no text can keep, such as U+0000
    case '22021':
    case '22P05':
      return new Refusal('not-valid', '提交的文字里有无法保存的控制字符，没有办理。请删去后重新提交。');
    case '22P02':
      return new Refusal('not-found', '没有找到这条记录，地址中的编号不完整或有误。');
    default:
      return null;
  }
}
