//! The scenarios of the README's test command, one file per story.

mod accessibility;
mod app;
mod audio_devices;
<<<<<<< HEAD
mod connection_test;
mod decline;
mod audio_noise;
=======
>>>>>>> ab03107 (Let the tested microphone go before its recording is played)
mod audio_settings;
mod audio_trouble;
mod decline;
mod devices;
mod dial_check;
mod dial_policy;
mod dialling;
mod disturb;
mod edges;
mod endurance;
mod first_sign_in;
mod handset;
mod hygiene;
mod incoming;
mod keypad;
mod languages;
mod lazy;
mod line_trouble;
mod notifications;
mod outgoing;
mod own_account;
mod page_policy;
mod pop_out;
mod proxy;
mod quality;
mod rating;
mod reasons;
mod recovery;
mod settings;
mod several_devices;
mod sign_in;
mod tabs;
mod two_lines;
mod verified;
mod webhooks;
