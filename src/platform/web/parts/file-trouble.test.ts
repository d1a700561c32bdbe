import { describe, expect, it } from 'vitest';
import { fileTrouble, sizeText } from './file-trouble.ts';

describe('选择文件时的检查', () => {
  it('空文件、格式不符、超过上限都说明原因和办法', () => {
    const limits = { maxBytes: 1024 * 1024, extensions: ['pdf', 'docx'] };
    expect(fileTrouble({ name: 'a.pdf', size: 0 }, limits)).toContain('空文件');
    expect(fileTrouble({ name: 'a.exe', size: 10 }, limits)).toContain('.pdf、.docx');
    expect(fileTrouble({ name: '无后缀', size: 10 }, limits)).toContain('格式不能接收');
    expect(fileTrouble({ name: 'a.PDF', size: 3 * 1024 * 1024 }, limits)).toContain('3.0 MB');
    expect(fileTrouble({ name: 'a.docx', size: 10 }, limits)).toBeNull();
  });

  it('文件大小写成人能读的样子', () => {
    expect(sizeText(1)).toBe('1 KB');
    expect(sizeText(1_500_000)).toBe('1.4 MB');
  });
});
