//! Pictures: made anew in bounds, upright and without metadata, with thumbnails; and pictures that mean harm.
//! Every test runs with pictures made in this process and with a process for each, as the program does it.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use serde_json::{Value, json};

use crate::files::{at, fetch, file, files_in, header, post, send};
use crate::place::{Person, Place, code, text};

const CANARY: &str = "canary-gps-48.2082N";

/// A server that makes pictures as the program does, and one that makes them in this process.
async fn places() -> [Place; 2] {
    let start = |program: &'static str| {
        Place::start_with(move |config| {
            config.limits.rates = false;
            config.media.picture_program = program.into();
            config.media.picture_max_megapixels = 4;
            config.media.animation_max_frames = 20;
        })
    };
    [start(env!("CARGO_BIN_EXE_parlance")).await, start("").await]
}

pub fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut content = Cursor::new(Vec::new());
    picture.into().write_to(&mut content, format).unwrap();
    content.into_inner()
}

/// Left half red, right half blue.
pub fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) })
}

/// Puts Exif behind a JPEG's start: an orientation, and a text that must not survive.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    exif.extend([0x0e, 0x01, 2, 0, CANARY.len() as u8 + 1, 0, 0, 0, 38, 0, 0, 0]);
    exif.extend([0, 0, 0, 0]);
    exif.extend(CANARY.bytes());
    exif.push(0);
    let length = (exif.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, &exif, &jpeg[2..]].concat()
}

fn contains(content: &[u8], text: &str) -> bool {
    content.windows(text.len()).any(|window| window == text.as_bytes())
}

async fn content(person: &Person, id: &str, size: &str) -> (String, Vec<u8>) {
    let response = fetch(person, &format!("/api/v1/files/{id}/content{size}")).await;
    assert_eq!(response.status(), 200);
    (header(&response, "content-type"), response.bytes().await.unwrap().to_vec())
}

#[tokio::test]
async fn a_photo_is_upright_bare_and_has_thumbnails() {
    for place in places().await {
        let alice = place.person("alice").await;
        let photo = with_exif(&encoded(halves(1_600, 800), ImageFormat::Jpeg), 6);
        assert!(contains(&photo, CANARY));
        let (status, info) = post(&alice, "name=holiday.jpg", photo).await;
        assert_eq!(
            (status, &info["kind"], &info["media_type"]),
            (200, &json!("picture"), &json!("image/jpeg"))
        );
        // Turned by a quarter: what was left is on top.
        assert_eq!((&info["width"], &info["height"]), (&json!(800), &json!(1_600)), "{info}");
        assert!((20..60).contains(&text(&info["placeholder"]).len()));
        let id = text(&info["file_id"]);
        let (_, whole) = content(&alice, &id, "").await;
        assert_eq!(info["size"], whole.len());
        let shown = image::load_from_memory(&whole).unwrap().into_rgb8();
        assert_eq!(shown.dimensions(), (800, 1_600));
        assert!(shown.get_pixel(400, 100).0[0] > 200 && shown.get_pixel(400, 1_500).0[2] > 200);
        for (size, width, height) in [("?size=large", 640, 1_280), ("?size=small", 160, 320)] {
            let (kind, small) = content(&alice, &id, size).await;
            assert_eq!(kind, "image/jpeg");
            let small = image::load_from_memory(&small).unwrap();
            assert_eq!((small.width(), small.height()), (width, height));
        }
        assert_eq!(fetch(&alice, &format!("/api/v1/files/{id}/content?size=huge")).await.status(), 422);
        for kept in files_in(&place.folder.path().join("data/media")) {
            assert!(!contains(&kept, CANARY));
        }
    }
}

#[tokio::test]
async fn what_is_seen_through_stays_so_and_small_pictures_have_one_size() {
    let [place, _] = places().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let glass = RgbaImage::from_pixel(40, 30, Rgba([10, 20, 30, 40]));
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let id = file(&alice, "", encoded(glass.clone(), format)).await;
        let (kind, whole) = content(&alice, &id, "").await;
        assert_eq!(kind, "image/png");
        assert_eq!(image::load_from_memory(&whole).unwrap().into_rgba8().get_pixel(3, 3).0[3], 40);
        assert_eq!(content(&alice, &id, "?size=small").await.1, whole);
    }
    // A photo as a file stays as it is, and is saved, not shown.
    let photo = with_exif(&encoded(halves(64, 64), ImageFormat::Jpeg), 1);
    let id = file(&alice, "kind=file&name=raw.jpg", photo.clone()).await;
    let chat = alice.direct(&bob);
    let index = send(&alice, &chat, "k", &[json!({ "file_id": id })]).await;
    let response = fetch(&bob, &at(&chat, index, &id)).await;
    assert_eq!(header(&response, "content-type"), "application/octet-stream");
    assert!(header(&response, "content-disposition").starts_with("attachment"));
    assert_eq!(response.bytes().await.unwrap(), photo);
}

fn moving_gif(frames: usize) -> Vec<u8> {
    let mut content = Vec::new();
    let palette = [255, 0, 0, 0, 255, 0, 0, 0, 255];
    let mut encoder = gif::Encoder::new(&mut content, 4, 4, &palette).unwrap();
    encoder.set_repeat(gif::Repeat::Infinite).unwrap();
    for number in 0..frames {
        let pixels = vec![(number % 3) as u8; 16];
        let frame =
            gif::Frame { width: 4, height: 4, delay: 7, buffer: pixels.into(), ..gif::Frame::default() };
        encoder.write_frame(&frame).unwrap();
    }
    drop(encoder);
    content
}

fn chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
    let mut chunk = [name, &(content.len() as u32).to_le_bytes(), content].concat();
    chunk.resize(chunk.len().next_multiple_of(2), 0);
    chunk
}

fn moving_webp(frames: usize) -> Vec<u8> {
    let still = encoded(halves(8, 8), ImageFormat::WebP);
    // Hidden in a frame, as the container allows.
    let hidden = chunk(b"XTRA", CANARY.as_bytes());
    let frame = [&[0; 6][..], &[7, 0, 0, 7, 0, 0, 50, 0, 0, 0], &still[12..], &hidden].concat();
    let mut body = b"WEBP".to_vec();
    body.extend(chunk(b"VP8X", &[0x02 | 0x08, 0, 0, 0, 7, 0, 0, 7, 0, 0]));
    body.extend(chunk(b"ANIM", &[0; 6]));
    (0..frames).for_each(|_| body.extend(chunk(b"ANMF", &frame)));
    body.extend(chunk(b"EXIF", CANARY.as_bytes()));
    chunk(b"RIFF", &body)
}

#[tokio::test]
async fn moving_pictures_still_move_and_carry_nothing_else() {
    use image::AnimationDecoder as _;
    for place in places().await {
        let alice = place.person("alice").await;
        let mut hidden = moving_gif(3);
        let end = hidden.pop().unwrap();
        hidden.extend([0x21, 0xfe, CANARY.len() as u8]);
        hidden.extend(CANARY.bytes());
        hidden.extend([0, end]);
        hidden.extend(b"<script>alert(1)</script>");
        let (_, info) = post(&alice, "name=a.gif", hidden).await;
        assert_eq!((&info["animated"], &info["media_type"]), (&json!(true), &json!("image/gif")), "{info}");
        let (_, whole) = content(&alice, &text(&info["file_id"]), "").await;
        assert!(!contains(&whole, CANARY) && !contains(&whole, "script"));
        let decoder = image::codecs::gif::GifDecoder::new(Cursor::new(&whole)).unwrap();
        let frames = decoder.into_frames().collect_frames().unwrap();
        assert_eq!(frames.len(), 3);
        assert_eq!(frames[1].buffer().get_pixel(0, 0).0, [0, 255, 0, 255]);
        let (_, info) = post(&alice, "", moving_webp(3)).await;
        assert_eq!((&info["animated"], &info["media_type"]), (&json!(true), &json!("image/webp")), "{info}");
        let (_, whole) = content(&alice, &text(&info["file_id"]), "").await;
        assert!(!contains(&whole, CANARY));
        let decoder = image::codecs::webp::WebPDecoder::new(Cursor::new(&whole)).unwrap();
        assert_eq!(decoder.into_frames().collect_frames().unwrap().len(), 3);
        for many in [moving_gif(21), moving_gif(10_000), moving_webp(21)] {
            assert_eq!(code(&post(&alice, "", many).await), (422, "invalid_input"));
        }
        assert_eq!(post(&alice, "", moving_gif(20)).await.0, 200);
        assert_eq!(post(&alice, "", moving_gif(1)).await.1.get("animated"), None);
    }
}

#[tokio::test]
async fn what_grows_by_being_made_anew_is_refused() {
    let place = Place::start_with(|config| {
        config.limits.rates = false;
        config.media.file_max_mib = 1;
    })
    .await;
    let alice = place.person("alice").await;
    // Noise of sixteen colours: half a byte a pixel as a GIF, more than two as the PNG that is made of it.
    let mut noise = 9_u32;
    let mut next = || {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (noise >> 24) as u8
    };
    let palette: Vec<u8> = (0..48).map(|_| next()).collect();
    let pixels: Vec<u8> = (0..1_200 * 1_200).map(|_| next() >> 4).collect();
    let mut content = Vec::new();
    let mut encoder = gif::Encoder::new(&mut content, 1_200, 1_200, &palette).unwrap();
    let frame = gif::Frame { width: 1_200, height: 1_200, buffer: pixels.into(), ..gif::Frame::default() };
    encoder.write_frame(&frame).unwrap();
    drop(encoder);
    assert!(content.len() < 1_024 * 1_024, "{}", content.len());
    let refused = post(&alice, "", content.clone()).await;
    assert_eq!(code(&refused), (422, "invalid_input"), "{}", refused.1);
    assert!(text(&refused.1["detail"]).contains("kind=file"), "{}", refused.1);
    assert!(files_in(&place.folder.path().join("data/media")).is_empty());
    assert_eq!(post(&alice, "kind=file", content).await.0, 200);
}

/// A PNG that says it is so large; its content is cut off.
pub fn claims_png(width: u32, height: u32) -> Vec<u8> {
    let mut head = b"IHDR".to_vec();
    head.extend([width.to_be_bytes(), height.to_be_bytes()].concat());
    head.extend([8, 2, 0, 0, 0]);
    let checksum = head.iter().fold(u32::MAX, |sum, byte| {
        (0..8)
            .fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (!(sum & 1)).wrapping_add(1)))
    });
    let mut png = encoded(halves(2, 2), ImageFormat::Png);
    png.splice(12..29, head);
    png.splice(29..33, (!checksum).to_be_bytes());
    png
}

#[tokio::test]
async fn pictures_that_mean_harm_are_refused_or_mere_files() {
    for place in places().await {
        let (alice, bob) = (place.person("alice").await, place.person("bob").await);
        let png = encoded(halves(600, 600), ImageFormat::Png);
        let mut broken = png.clone();
        broken.truncate(broken.len() / 2);
        let hostile: [(&str, Vec<u8>); 7] = [
            ("a bomb of 2,500 megapixels", claims_png(50_000, 50_000)),
            ("one pixel row too many", claims_png(2_000, 2_001)),
            ("cut off", broken),
            ("a beginning only", b"\x89PNG\r\n\x1a\n".to_vec()),
            ("script in a GIF's clothes", b"GIF89a/*\0\0\0\0*/=1;alert(1)".to_vec()),
            ("a JPEG of nothing", b"\xff\xd8\xff\xe0".to_vec()),
            ("a WebP of nothing", b"RIFF\x20\0\0\0WEBPVP8 \x0a\0\0\0".to_vec()),
        ];
        for (what, bytes) in hostile {
            assert_eq!(code(&post(&alice, "", bytes).await), (422, "invalid_input"), "{what}");
        }
        // What was refused takes no room.
        let usage = alice.get("/api/v1/me/files").await.1;
        assert_eq!((&usage["used_bytes"], &usage["uploads"]), (&json!(0), &json!(0)));
        assert!(files_in(&place.folder.path().join("data/media")).is_empty());
        let chat = alice.direct(&bob);
        let files = [
            ("picture.png", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
            ("picture.png", "<!doctype html><script>alert(1)</script>"),
            ("both.pdf", "%PDF-1.7\n<html><script>alert(1)</script>"),
        ];
        for (number, (name, content)) in files.into_iter().enumerate() {
            assert_eq!(code(&post(&alice, "kind=picture", content).await), (422, "invalid_input"));
            let id = file(&alice, &format!("name={name}"), content).await;
            let index = send(&alice, &chat, &number.to_string(), &[json!({ "file_id": id })]).await;
            let response = fetch(&bob, &at(&chat, index, &id)).await;
            assert_eq!(header(&response, "content-type"), "application/octet-stream");
            assert!(header(&response, "content-disposition").starts_with("attachment; filename="));
            assert_eq!(header(&response, "x-content-type-options"), "nosniff");
            assert!(header(&response, "content-security-policy").starts_with("default-src 'none'; sandbox"));
        }
        let sent: Value = bob.get(&format!("/api/v1/conversations/{chat}/messages/1")).await.1;
        assert_eq!(sent["details"]["attachments"][0]["kind"], "file");
    }
}
