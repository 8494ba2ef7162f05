#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bindery_fuzz::plain_to_model(data));
