import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkContent, readPicture } from './check.ts';
import { readClaims } from './exif.ts';
import { camera, jpeg, png } from './picture-material.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guatu-pictures-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function check(name: string, content: Uint8Array): Promise<string> {
  const path = join(folder, 'one');
  await writeFile(path, content);
  return checkContent(path, name);
}
const taken = { taken: '2026:11:21 10:30:05', longitude: 119.5, latitude: 34.25 };

describe('照片自带的时间和位置', () => {
  it.each([[true], [false]])('两种字节序的相机都读得出（小端：%s）', (little) => {
    expect(readClaims(jpeg({ exif: camera({ ...taken, little, orientation: 6 }) }))).toEqual({
      takenAt: '2026-11-21T10:30:05+08:00',
      longitude: 119.5,
      latitude: 34.25,
      orientation: 6,
    });
  });

  it('写明时区的按所写的时区，西经南纬为负', () => {
    const claims = readClaims(jpeg({ exif: camera({ ...taken, zone: '+09:00', longitude: -70.5, latitude: -33.5 }) }));
    expect(claims).toMatchObject({ takenAt: '2026-11-21T10:30:05+09:00', longitude: -70.5, latitude: -33.5 });
  });

  it('没有校时、没有卫星信号的相机，什么也不算', () => {
    for (const time of ['0000:00:00 00:00:00', '2026:13:41 10:00:00', '2026:02:30 10:00:00', '', '昨天'])
      expect(readClaims(jpeg({ exif: camera({ taken: time, longitude: 0, latitude: 0 }) }))).toEqual({
        takenAt: null,
        longitude: null,
        latitude: null,
        orientation: 1,
      });
    expect(
      readClaims(jpeg({ exif: camera({ taken: '2026:11:21 10:30:05', latitude: 91, longitude: 119 }) })),
    ).toMatchObject({ latitude: null, longitude: null });
  });

  it('PNG 里的也读得出，没有的为空', () => {
    expect(readClaims(png(4, 3, camera(taken))).takenAt).toBe('2026-11-21T10:30:05+08:00');
    expect(readClaims(png(4, 3)).takenAt).toBeNull();
    expect(readClaims(jpeg({})).takenAt).toBeNull();
  });

  it('残缺、乱改的内容不出错，只是读不出', () => {
    const good = jpeg({ exif: camera(taken) });
    for (let length = 0; length < good.length; length += 1) readClaims(good.subarray(0, length));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 12 }), (changes) => {
        const broken = Uint8Array.from(good);
        for (const [at, value] of changes) broken[at] = value;
        const { takenAt, latitude, longitude, orientation } = readClaims(broken);
        expect(takenAt === null || !Number.isNaN(Date.parse(takenAt))).toBe(true);
        expect(latitude === null || Math.abs(latitude) <= 90).toBe(true);
        expect(longitude === null || Math.abs(longitude) <= 180).toBe(true);
        expect(orientation >= 1 && orientation <= 8).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('存下时记住尺寸、时间和位置，不解码', async () => {
    const path = join(folder, 'kept');
    await writeFile(path, jpeg({ width: 9000, height: 6700, exif: camera(taken) }));
    expect(await readPicture(path, 'image/jpeg')).toEqual({
      takenAt: '2026-11-21T10:30:05+08:00',
      longitude: 119.5,
      latitude: 34.25,
      width: 9000,
      height: 6700,
    });
    expect(await readPicture(path, 'application/pdf')).toBeNull();
  });
});

describe('上传的照片', () => {
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

  it('六千万像素的照片收下，声称几十亿像素的图片拒收', async () => {
    expect(await check('大图.jpg', jpeg({ width: 9000, height: 6700 }))).toBe('image/jpeg');
    await expect(check('炸弹.png', png(60_000, 60_000))).rejects.toThrow(/60000×60000 像素，超过 2 亿像素的上限/);
  });

  it('iPhone 的 HEIC 作为文件收下', async () => {
    const heic = joined(Uint8Array.of(0, 0, 0, 24), text('ftypheic'), new Uint8Array(40));
    expect(await check('照片.HEIC', heic)).toBe('image/heic');
  });

  it.each([
    ['照片注释里夹着脚本', jpeg({ comment: '<script>alert(1)</script>' })],
    ['照片末尾接着网页', joined(jpeg({}), text('\n<!DOCTYPE html><body onload=x()>'))],
    ['照片末尾接着 PHP', joined(jpeg({}), text('<?php system($_GET["c"]);'))],
    ['照片同时是压缩包', joined(jpeg({}), zipSync({ 'a.txt': text('x') }))],
    ['照片同时是 PDF', jpeg({ comment: '%PDF-1.7 ' })],
  ])('%s，拒收', async (_name, content) => {
    await expect(check('现场.jpg', content)).rejects.toThrow(/夹带了网页、程序或压缩包的内容，没有保存/);
  });

  it('脚本横跨两次读取也看得见', async () => {
    const long = joined(jpeg({}), new Uint8Array((1 << 20) - jpeg({}).length - 3), text('<script>'));
    await expect(check('现场.jpg', long)).rejects.toThrow(/夹带/);
  });

  it.each([
    ['改名为.jpg的脚本', text('#!/bin/sh\nrm -rf /'), /不是允许的类型/],
    ['改名为.jpg的矢量图', text('<svg xmlns="http://www.w3.org/2000/svg"/>'), /不是允许的类型/],
    ['其实是 PNG 的.jpg', png(4, 3), /内容像是 \.png/],
    ['只有开头的照片', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0), /已损坏，读不出尺寸/],
  ])('%s，拒收', async (_name, content, says) => {
    await expect(check('现场.jpg', content)).rejects.toThrow(says);
  });

  it('手机动态照片（末尾带一段视频）照常收下', async () => {
    const motion = joined(
      jpeg({ exif: camera(taken) }),
      Uint8Array.of(0, 0, 0, 24),
      text('ftypmp42'),
      new Uint8Array(5000),
    );
    expect(await check('动态.jpg', motion)).toBe('image/jpeg');
  });
});
