//! The object store as its users see it: durable, ordered, written once, gone when deleted.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use blobs::{BlobFault, Blobs};
use bytes::Bytes;
use std::sync::mpsc::channel;

fn open() -> (tempfile::TempDir, Blobs) {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path()).unwrap();
    (folder, blobs)
}

#[tokio::test]
async fn what_was_put_is_read_back_whole_and_in_part_after_a_restart() {
    let (folder, blobs) = open();
    blobs.put("rec/r1/a", Bytes::from_static(b"abcdef")).await.unwrap();
    drop(blobs);
    let blobs = Blobs::open(folder.path()).unwrap();
    assert_eq!(blobs.get("rec/r1/a").await.unwrap(), "abcdef");
    assert_eq!(blobs.get_range("rec/r1/a", 2..4).await.unwrap(), "cd");
    assert_eq!(blobs.get("rec/r1/b").await, Err(BlobFault::Missing));
}

#[tokio::test]
async fn an_object_is_written_once() {
    let (_folder, blobs) = open();
    blobs.put("rec/r1/a", Bytes::from_static(b"first")).await.unwrap();
    let again = blobs.put("rec/r1/a", Bytes::from_static(b"second")).await;
    assert_eq!(again, Err(BlobFault::Exists));
    assert_eq!(blobs.get("rec/r1/a").await.unwrap(), "first");
}

#[tokio::test]
async fn deleting_a_prefix_leaves_its_neighbours() {
    let (_folder, blobs) = open();
    for name in ["rec/r1/a", "rec/r1/b", "rec/r10/a"] {
        blobs.put(name, Bytes::from_static(b"x")).await.unwrap();
    }
    assert_eq!(blobs.list("rec/r1").await.unwrap(), ["rec/r1/a", "rec/r1/b"]);
    blobs.delete("rec/r1/a").await.unwrap();
    blobs.delete("rec/r1/a").await.unwrap();
    assert_eq!(blobs.delete_below("rec/r1").await, Ok(1));
    assert_eq!(blobs.delete_below("rec/r1").await, Ok(0));
    assert_eq!(blobs.list("rec").await.unwrap(), ["rec/r10/a"]);
}

#[test]
fn many_objects_are_settled_in_the_order_they_were_handed_in() {
    let (folder, blobs) = open();
    let (told, settled) = channel();
    for n in 0..400usize {
        let told = told.clone();
        let bytes = Bytes::from(vec![n as u8; 10_000]);
        let done = move |result: Result<(), BlobFault>| told.send((n, result)).unwrap();
        blobs.submit(&format!("rec/r{}/{n}", n % 20), bytes, done).unwrap();
    }
    let barrier = told.clone();
    blobs.after(move || barrier.send((400, Ok(()))).unwrap()).unwrap();
    for expected in 0..=400 {
        assert_eq!(settled.recv().unwrap(), (expected, Ok(())));
    }
    let left = std::fs::read_dir(folder.path().join("incoming")).unwrap().count();
    assert_eq!(left, 0);
}

#[test]
fn what_a_killed_run_left_half_written_is_cleared_and_never_listed() {
    let (folder, blobs) = open();
    drop(blobs);
    std::fs::write(folder.path().join("incoming/9"), b"half").unwrap();
    let _blobs = Blobs::open(folder.path()).unwrap();
    assert!(!folder.path().join("incoming/9").exists());
}

#[tokio::test]
async fn no_name_leaves_the_folder() {
    let (_folder, blobs) = open();
    for bad in ["../x", "/etc/passwd", "a/../../x", "a/.hidden", ""] {
        assert_eq!(blobs.put(bad, Bytes::new()).await, Err(BlobFault::Name));
        assert_eq!(blobs.get(bad).await, Err(BlobFault::Name));
        assert_eq!(blobs.delete_below(bad).await, Err(BlobFault::Name));
    }
}

#[tokio::test]
async fn a_walk_beside_the_open_store_tells_every_object_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let mut seen = Vec::new();
    blobs::walk(dir.path(), &mut |_, _| Ok(())).unwrap();
    let store = Blobs::open(dir.path()).unwrap();
    for name in ["rec/b/2", "rec/a/1", "rec/b/1"] {
        store.put(name, name.to_owned().into()).await.unwrap();
    }
    std::fs::write(dir.path().join("objects/rec/.hidden"), "x").unwrap();
    std::fs::write(dir.path().join("incoming/half"), "x").unwrap();
    blobs::walk(dir.path(), &mut |name, path| {
        assert_eq!(std::fs::read(path)?, name.as_bytes());
        seen.push(name.to_owned());
        Ok(())
    })
    .unwrap();
    assert_eq!(seen, ["rec/a/1", "rec/b/1", "rec/b/2"]);
    blobs::sync_all(dir.path()).unwrap();
    assert_eq!(store.get("rec/a/1").await.unwrap(), "rec/a/1".as_bytes(), "it goes on");
}
