package io.tda.worker.emulator.storage;

/** The kinds of call that the server tells apart. */
public enum StorageCall {
  /** Looks at an object or a bucket, or changes properties. */
  METADATA,
  /** Fetches content. */
  DOWNLOAD,
  /** Brings content: one request when sent whole, several when resumable. */
  UPLOAD,
  /** Removes an object. */
  DELETE
}
