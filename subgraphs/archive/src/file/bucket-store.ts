/** Files in a bucket of an S3-compatible service; nothing else is connected to than its address. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { StoreSettings } from '@chengxin/kit/server/file-settings';
import type { FileStore } from './file-store.js';

type BucketSettings = Exclude<StoreSettings, { readonly folder: string }>;

const ATTEMPTS = 2;

export function bucketStore({
  endpoint,
  region,
  bucket: Bucket,
  accessKeyId,
  secretAccessKey,
}: BucketSettings): FileStore {
  const client = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    // Services of a college have one name, not one a bucket.
    forcePathStyle: true,
    maxAttempts: ATTEMPTS,
    // The bytes are named by their hash, which is checked on return.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return {
    async put(Key, Body) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body }));
    },
    async get(Key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        return Body && Buffer.from(await Body.transformToByteArray());
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async remove(Key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },
  };
}
