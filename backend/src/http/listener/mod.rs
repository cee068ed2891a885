//! How connections are accepted: as actix-web's `HttpServer` does it, which has no place for a stream of one's own.

mod dressed;
mod unread;
mod written;

use std::{fmt, io, net::TcpListener, rc::Rc, time::Duration};

use actix_http::{HttpService, Protocol, Request, Response, body::MessageBody};
use actix_server::ServerBuilder;
use actix_service::{IntoServiceFactory, ServiceFactoryExt, map_config};
use actix_web::{
    Error,
    dev::{AppConfig, Server, Service, ServiceFactory, fn_service},
    rt::net::TcpStream,
};

use crate::{config::TimeLimits, http::middleware::headers_of_every_answer};
use dressed::Dressed;
use unread::Unread;
use written::Written;

/// Longest wait for the client to close what is closed.
const GOODBYE: Duration = Duration::from_secs(1);

/// Listens with an application for each worker. `builder` says how many there are, and how they end.
pub(crate) fn listen<F, I, S, B>(
    builder: ServerBuilder,
    listener: TcpListener,
    limits: TimeLimits,
    https: bool,
    application: F,
) -> io::Result<Server>
where
    F: Fn() -> I + Send + Clone + 'static,
    I: IntoServiceFactory<S, Request>,
    S: ServiceFactory<Request, Config = AppConfig> + 'static,
    S::Error: Into<Error> + 'static,
    S::InitError: fmt::Debug,
    S::Response: Into<Response<B>> + 'static,
    <S::Service as Service<Request>>::Future: 'static,
    S::Service: 'static,
    B: MessageBody + 'static,
{
    let ending = builder.graceful_shutdown_signal();
    let builder = builder.disable_signals().listen("sidetone", listener, move || {
        let ending = ending.clone();
        let application = application().into_factory().map_err(|error| error.into().error_response());
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let ending = ending.clone();
                async move { ending.notified().await }
            })
            .client_request_timeout(limits.head)
            .client_disconnect_timeout(GOODBYE)
            .keep_alive(limits.idle)
            .finish(map_config(application, |_| AppConfig::default()));
        let headers: Rc<str> = headers_of_every_answer(https).into();
        fn_service(move |stream: TcpStream| {
            let headers = headers.clone();
            async move {
                // An answer in two parts would wait for the client's word about the first.
                drop(stream.set_nodelay(true));
                let peer = stream.peer_addr().ok();
                let stream = Written::new(stream, Unread::new(limits.unread));
                let stream = Written::new(stream, Dressed::new(headers));
                Ok((stream, Protocol::Http1, peer))
            }
        })
        .and_then(http)
    })?;
    Ok(builder.run())
}
