import { Ajv } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';

const rules = { allErrors: true, useDefaults: true, removeAdditional: false, strict: false } as const;

/** Addresses carry text only, so '3' may stand for 3 there; a body says what it means, and null stays null. */
const ofAddress = new Ajv({ ...rules, coerceTypes: 'array' });
const ofBody = new Ajv({ ...rules, coerceTypes: false });

/** Compiles the schemas of a route: one validator for the body, another for everything in the address. */
export const compileSchema: FastifySchemaCompiler<object> = ({ schema, httpPart }) =>
  (httpPart === 'body' ? ofBody : ofAddress).compile(schema);
