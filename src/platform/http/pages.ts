import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Names that change with their content are kept for ever; everything else is asked for again. */
const cached = (folder: string, path: string): string =>
  path.startsWith(join(folder, 'assets')) ? 'public, max-age=31536000, immutable' : 'no-cache';

const isPhone = (request: FastifyRequest): boolean =>
  /Android|iPhone|iPad|HarmonyOS|OpenHarmony|Mobile/i.test(request.headers['user-agent'] ?? '');

/**
 * Serves the built pages: those of the office at every address, and the small ones for phones at /field. The code on an
 * enterprise's door (/e/<number>) leads a phone to the small page and a desk to the office page.
 */
export async function addPages(app: FastifyInstance, folder: string, phoneFolder?: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    preCompressed: true,
    wildcard: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', cached(folder, path));
    },
  });
  const office = (reply: FastifyReply): FastifyReply =>
    reply.header('cache-control', 'no-cache').sendFile('index.html', folder);
  if (phoneFolder && existsSync(join(phoneFolder, 'index.html'))) {
    await addPhonePages(app, phoneFolder, office);
  }
  app.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' || /^\/(field\/)?assets\//.test(request.url))
      return reply.code(404).send({ says: '没有这个地址。' });
    return office(reply);
  });
}

async function addPhonePages(
  app: FastifyInstance,
  folder: string,
  office: (reply: FastifyReply) => FastifyReply,
): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    prefix: '/field/',
    preCompressed: true,
    wildcard: false,
    decorateReply: false,
    index: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', cached(folder, path));
      // the worker keeps the page for /field and for the codes on the doors, which lie beside its own folder
      if (path.includes('worker.js')) reply.header('service-worker-allowed', '/');
    },
  });
  const phone = (reply: FastifyReply): FastifyReply =>
    reply.header('cache-control', 'no-cache').sendFile('index.html', folder);
  const hide = { schema: { hide: true } };
  app.get('/field', hide, (_request, reply) => phone(reply));
  app.get('/field/', hide, (_request, reply) => phone(reply));
  app.get('/e/:number', hide, (request, reply) => {
    reply.header('vary', 'user-agent');
    return isPhone(request) ? phone(reply) : office(reply);
  });
}
