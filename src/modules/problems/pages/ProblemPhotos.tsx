import { Image } from 'antd';
import { FileList } from '../../../platform/web/parts/FileList.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { momentText } from '../../../platform/web/parts/Timeline.tsx';
import { fileAddress, isShown, type ProblemPhoto, type ProblemView } from './problems-client.ts';

/** When and where it was taken as the picture or the device says, and when it reached the server: both, always. */
function TakenAndReceived({ photo }: { photo: ProblemPhoto }) {
  const told = photo.takenFrom === 'device' ? '（手机时钟）' : photo.takenFrom === 'picture' ? '（照片自带）' : '';
  return (
    <>
      <p>
        拍摄{' '}
        {photo.takenAt ? `${momentText(photo.takenAt)}${told}` : <span className="g-quiet">照片里没有拍摄时间</span>}
      </p>
      <p>
        收到 {momentText(photo.receivedAt)} {photo.byName}
      </p>
      {photo.longitude !== null && photo.latitude !== null ? (
        <p className="g-quiet">
          经度 {photo.longitude.toFixed(5)}，纬度 {photo.latitude.toFixed(5)}
        </p>
      ) : null}
      {photo.doubts.map((doubt) => (
        <p key={doubt} className="g-doubt">
          存疑：{doubt}
        </p>
      ))}
    </>
  );
}

function Shot({ photo, label }: { photo: ProblemPhoto; label: string }) {
  const address = fileAddress(photo.fileId);
  return (
    <li className="g-shot">
      {isShown(photo.type) ? (
        <Image src={address} alt={`${label}：${photo.name}`} />
      ) : (
        <p>
          <a href={address} download={photo.name}>
            {photo.name}
          </a>{' '}
          <span className="g-quiet">这种格式不能直接显示，请下载后查看。</span>
        </p>
      )}
      <TakenAndReceived photo={photo} />
    </li>
  );
}

function Side({ title, photos, empty }: { title: string; photos: readonly ProblemPhoto[]; empty: string }) {
  return (
    <div>
      <h3>
        {title}（{photos.length}）
      </h3>
      {photos.length === 0 ? <p className="g-quiet">{empty}</p> : null}
      <ul className="g-shots">
        {photos.map((photo) => (
          <Shot key={photo.fileId} photo={photo} label={title} />
        ))}
      </ul>
    </div>
  );
}

/** Before and after side by side, click to enlarge; one pair of columns for every round of rectification. */
export function ProblemPhotos({ view }: { view: ProblemView }) {
  const pictures = view.photos.filter((photo) => photo.role !== 'document');
  const documents = view.photos.filter((photo) => photo.role === 'document');
  const cycles = [...new Set(pictures.map((photo) => photo.cycle))].sort((a, b) => b - a);
  const before = pictures.filter((photo) => photo.role === 'before');
  const latest = cycles[0] ?? 1;
  return (
    <Card title="整改前后">
      <Image.PreviewGroup>
        <div className="g-pairs">
          <Side title="整改前" photos={before} empty="登记时没有附照片。" />
          <Side
            title={latest > 1 ? `整改后（第${latest}轮）` : '整改后'}
            photos={pictures.filter((photo) => photo.role === 'after' && photo.cycle === latest)}
            empty="还没有整改后的照片。"
          />
        </div>
        {cycles
          .filter((cycle) => cycle !== latest)
          .map((cycle) => {
            const earlier = pictures.filter((photo) => photo.role === 'after' && photo.cycle === cycle);
            return earlier.length === 0 ? null : (
              <details key={cycle} className="g-refused">
                <summary>
                  第{cycle}轮整改后的照片（{earlier.length}）
                </summary>
                <Side title={`第${cycle}轮整改后`} photos={earlier} empty="" />
              </details>
            );
          })}
      </Image.PreviewGroup>
      {documents.length > 0 ? (
        <>
          <h3>文件（{documents.length}）</h3>
          <FileList
            files={documents.map((file) => ({
              id: file.fileId,
              name: file.name,
              size: file.size,
              note: `${file.byName} ${momentText(file.receivedAt)}${file.doubts.length > 0 ? `；存疑：${file.doubts.join('；')}` : ''}`,
              href: fileAddress(file.fileId),
            }))}
          />
        </>
      ) : null}
    </Card>
  );
}
