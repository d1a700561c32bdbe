import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { extractPlan } from '../src/modules/plans/extract.ts';
import { readDocument } from '../src/platform/documents/read.ts';

/** Reads one file in a process of its own and tells how long it took and how much memory the process had at most. */
const [file = ''] = process.argv.slice(2);
const bytes = await readFile(file);
const begun = performance.now();
const document = await readDocument(bytes, basename(file));
const { tasks } = extractPlan(document);
const ms = performance.now() - begun;
const { maxRSS } = process.resourceUsage();
console.log(JSON.stringify({ ms, megabytes: maxRSS / 1024, signs: document.text.length, tasks: tasks.length }));
