/** When a drawing may be taken down. */

/**
 * The cleanup for Streamlit to call: takes down what stands in `place` once that has left the page.
 *
 * Streamlit fetches the script anew for each payload. Where the next one comes before that is done,
 * it calls the cleanup of the one that was overtaken at once, while the component stays on the page.
 */
export function onceGone(place: { readonly isConnected: boolean }, stop: () => void): () => void {
  return () => {
    if (!place.isConnected) stop();
  };
}
