/**
 * Sends a dump and answers the id under which it may be imported. XMLHttpRequest, because fetch tells nothing of
 * how much has been sent. `onProgress` gets whole percents.
 */
export function uploadDump(file: File, onProgress: (percent: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/uploads");
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.floor((100 * loaded) / Math.max(total, 1)));
    request.onerror = () => reject(new UploadError("The dump could not be sent. Check the connection and try again."));
    request.onload = () => {
      const answer: unknown = request.response;
      if (hasText(answer, "uploadId")) resolve(answer.uploadId);
      else reject(new UploadError(hasText(answer, "detail") ? answer.detail : "The dump was not accepted."));
    };
    request.send(file);
  });
}

/** Its message is for the person. */
class UploadError extends Error {
  override readonly name = "UploadError";
}

function hasText<Key extends string>(value: unknown, key: Key): value is Record<Key, string> {
  return typeof value === "object" && value !== null && typeof (value as Record<Key, unknown>)[key] === "string";
}
