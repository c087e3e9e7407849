//! A mail server of a few lines on a real socket, plain or with TLS of its own authority; and
//! Mailpit as well when somebody has put it on the PATH.

use crate::{NOW, REFERENCE, catalogue, link_to, mailbox, mobile, shows_nothing_personal};
use notify::smtp::{Security, Settings, SettingsFault, Smtp};
use notify::words::Language;
use notify::{Channel, Delivery, Reason, SendFault, limits};
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufStream};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::{ServerConfig, pki_types::PrivateKeyDer};

/// What the server says to `RCPT`, and whether it offers `STARTTLS`.
#[derive(Clone, Copy)]
struct Manners {
    rcpt: &'static str,
    starttls: bool,
}

const KIND: Manners = Manners { rcpt: "250 ok", starttls: false };

struct Server {
    port: u16,
    /// Every line a client sent, in order.
    lines: mpsc::UnboundedReceiver<String>,
}

impl Server {
    async fn start(manners: Manners, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tell, lines) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (tell, tls) = (tell.clone(), tls.clone());
                tokio::spawn(async move {
                    match (tls, manners.starttls) {
                        (Some(tls), false) => {
                            if let Ok(stream) = tls.accept(socket).await {
                                converse(stream, manners, &tell, true).await;
                            }
                        }
                        (tls, _) => {
                            let socket = converse(socket, manners, &tell, true).await;
                            if let (Some(socket), Some(tls)) = (socket, tls)
                                && let Ok(stream) = tls.accept(socket).await
                            {
                                let after = Manners { starttls: false, ..manners };
                                converse(stream, after, &tell, false).await;
                            }
                        }
                    }
                });
            }
        });
        Self { port, lines }
    }

    /// Everything said so far, the soft breaks of quoted-printable undone.
    fn heard(&mut self) -> String {
        let mut heard = String::new();
        while let Ok(line) = self.lines.try_recv() {
            heard.push_str(&line);
        }
        heard.replace("=\r\n", "").replace("=3D", "=")
    }
}

/// One session; gives the socket back after `STARTTLS`.
async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    socket: S,
    manners: Manners,
    tell: &mpsc::UnboundedSender<String>,
    greet: bool,
) -> Option<S> {
    let mut stream = BufStream::new(socket);
    if greet {
        stream.write_all(b"220 mail.example.org ESMTP\r\n").await.ok()?;
        stream.flush().await.ok()?;
    }
    let mut in_data = false;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let _ = tell.send(line.clone());
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            _ if in_data && line == ".\r\n" => {
                in_data = false;
                "250 taken"
            }
            _ if in_data => continue,
            "EHLO" if manners.starttls => "250-mail.example.org\r\n250 STARTTLS",
            "EHLO" => "250-mail.example.org\r\n250 8BITMIME",
            "STAR" => "220 go on",
            "RCPT" => manners.rcpt,
            "DATA" => {
                in_data = true;
                "354 go on"
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        stream.flush().await.ok()?;
        if verb == "STAR" {
            return Some(stream.into_inner());
        }
    }
}

/// An authority of the force's own and a server certificate for `localhost`.
fn authority() -> (String, TlsAcceptor) {
    let issued = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(issued.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(tokio_rustls::rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![issued.cert.der().clone()], key)
        .unwrap();
    (issued.cert.pem(), TlsAcceptor::from(Arc::new(config)))
}

fn settings(port: u16, security: Security) -> Settings {
    Settings {
        host: "localhost".to_owned(),
        port,
        security,
        user: None,
        password: None,
        from: "no-reply@example.org".to_owned(),
        sender: "Video call".to_owned(),
        authority: None,
    }
}

fn channel(settings: &Settings) -> Smtp {
    Smtp::new(settings, catalogue()).unwrap()
}

#[tokio::test]
async fn a_letter_has_a_neutral_sender_and_subject_and_one_id_for_every_attempt() {
    let mut server = Server::start(KIND, None).await;
    let smtp = channel(&settings(server.port, Security::None));
    assert!(smtp.greets().await);
    let accepted = smtp.send(NOW, link_to(mailbox())).await.unwrap();
    assert_eq!(accepted.delivery, Delivery::Sent);
    assert_eq!(accepted.provider_id, format!("<{REFERENCE}@example.org>"));
    let heard = server.heard();
    for line in [
        "EHLO example.org\r\n",
        "MAIL FROM:<no-reply@example.org>",
        "RCPT TO:<someone@example.org>",
        "Auto-Submitted: auto-generated\r\n",
        "From: \"Video call\" <no-reply@example.org>\r\n",
        "Subject: The link you asked for\r\n",
        "Date: Fri, 15 Jan 2027 08:00:00 +0000\r\n",
        &format!("Message-ID: {}\r\n", accepted.provider_id),
    ] {
        assert!(heard.contains(line), "{line}: {heard}");
    }
    assert!(heard.contains(crate::LINK), "{heard}");
    let again = smtp.send_again(NOW, link_to(mailbox())).await.unwrap();
    assert_eq!(again.provider_id, accepted.provider_id);
}

#[tokio::test]
async fn every_language_arrives_whole() {
    for language in Language::ALL {
        let mut server = Server::start(KIND, None).await;
        let mut message = link_to(mailbox());
        message.words.language = language;
        channel(&settings(server.port, Security::None)).send(NOW, message).await.unwrap();
        let heard = server.heard();
        assert!(heard.lines().all(|line| line.is_ascii() && line.len() < 998), "{heard}");
    }
}

#[tokio::test]
async fn a_servers_answer_says_whether_trying_again_can_help_and_is_not_repeated() {
    for (rcpt, expected) in [
        ("550 someone@example.org unknown", Reason::MailRefused.into()),
        ("451 greylisted", SendFault::TryLater { after: limits::AFTER_GREYLISTING }),
        ("banana", SendFault::Unreachable),
    ] {
        let server = Server::start(Manners { rcpt, ..KIND }, None).await;
        let smtp = channel(&settings(server.port, Security::None));
        let fault = smtp.send(NOW, link_to(mailbox())).await.unwrap_err();
        assert_eq!(fault, expected, "{rcpt}");
        shows_nothing_personal(&format!("{fault} {fault:?}"));
    }
    let closed = channel(&settings(9, Security::None));
    assert_eq!(closed.send(NOW, link_to(mailbox())).await, Err(SendFault::Unreachable));
    assert!(!closed.greets().await);
    let wrong = closed.send(NOW, link_to(mobile())).await;
    assert_eq!(wrong, Err(Reason::WrongRecipient.into()));
}

#[tokio::test]
async fn a_letter_goes_through_tls_and_starttls_of_the_forces_own_authority() {
    let (pem, tls) = authority();
    for (security, starttls) in [(Security::Tls, false), (Security::StartTls, true)] {
        let mut server = Server::start(Manners { starttls, ..KIND }, Some(tls.clone())).await;
        let mut settings = settings(server.port, security);
        let strange = channel(&settings).send(NOW, link_to(mailbox())).await;
        assert_eq!(strange, Err(SendFault::Unreachable), "an unknown authority");
        assert!(!server.heard().contains("MAIL FROM"));
        settings.authority = Some(pem.clone());
        channel(&settings).send(NOW, link_to(mailbox())).await.unwrap();
        assert!(server.heard().contains(crate::LINK));
    }
}

#[tokio::test]
async fn nothing_is_said_to_a_server_that_stripped_starttls() {
    let mut server = Server::start(KIND, None).await;
    let smtp = channel(&settings(server.port, Security::StartTls));
    assert_eq!(smtp.send(NOW, link_to(mailbox())).await, Err(SendFault::Unreachable));
    assert!(!server.heard().contains("example.org>"));
}

#[test]
fn settings_that_would_tell_are_refused() {
    let refused = |settings: Settings| Smtp::new(&settings, catalogue()).err();
    let good = settings(25, Security::None);
    let remote = Settings { host: "mail.example.org".to_owned(), ..good.clone() };
    assert_eq!(refused(remote), Some(SettingsFault::Plain));
    let telling = Settings { sender: "Ambridge Police".to_owned(), ..good.clone() };
    assert!(matches!(refused(telling), Some(SettingsFault::Telling(_))));
    let half = Settings { user: Some("u".to_owned()), ..good.clone() };
    assert_eq!(refused(half), Some(SettingsFault::Login));
    let odd = Settings { from: "nobody".to_owned(), ..good.clone() };
    assert_eq!(refused(odd), Some(SettingsFault::From));
    let junk = Settings { security: Security::Tls, authority: Some("x".to_owned()), ..good };
    assert_eq!(refused(junk), Some(SettingsFault::Tls));
}

/// Ends with the test.
struct Mailpit(std::process::Child);

impl Drop for Mailpit {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs only where somebody has Mailpit; the rest of this file needs nothing.
#[tokio::test]
async fn mailpit_takes_a_letter_when_it_is_there() {
    let free = || std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (smtp, web) = (free(), free());
    let started = std::process::Command::new("mailpit")
        .args([
            "--smtp",
            &smtp.to_string(),
            "--listen",
            &web.to_string(),
            "--disable-version-check",
        ])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
    let Ok(_mailpit) = started.map(Mailpit) else {
        return;
    };
    let channel = channel(&settings(smtp.port(), Security::None));
    while !channel.greets().await {
        tokio::task::yield_now().await;
    }
    channel.send(NOW, link_to(mailbox())).await.unwrap();
    let url = format!("http://{web}/api/v1/message/latest");
    let letter: serde_json::Value = reqwest::get(url).await.unwrap().json().await.unwrap();
    assert_eq!(letter["Subject"], "The link you asked for");
    assert_eq!(letter["From"]["Name"], "Video call");
}
