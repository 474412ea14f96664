//! A question about a sale, caught on the wire: it is the published one, field for field.
//!
//! The refund's own wire test stands in the library (`gateway::client_tests`): only a ledger makes what it sends.

use tillback::domain::{Currency, Money, SaleKey, SaleStatus, TransactionNo};
use tillback::gateway::{ApiToken, Client, ClientSettings, Environment, QueryAnswer, TransactionType};
use tillback::sandbox::*;

#[test]
fn a_query_is_the_published_request() {
    let number = TransactionNo::parse("297553638300708562").unwrap();
    let amount = Money::from_minor(1000, Currency::parse("CNY").unwrap()).unwrap();
    let sales = vec![SandboxSale { settle_currency: Currency::USD, ..SandboxSale::paid(number.clone(), None, amount) }];
    let sandbox = Sandbox::start(SandboxSettings { sales, ..SandboxSettings::default() }).unwrap();
    let environment = Environment::parse(&sandbox.url()).unwrap();
    let token = ApiToken::parse(SAMPLE_TOKEN).unwrap();
    let settings = ClientSettings::new(environment, SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, token);
    let answer = Client::new(settings).unwrap().query(&SaleKey::Transaction(number));

    let QueryAnswer::Found(sale) = answer else { panic!("{answer:?}") };
    assert_eq!((sale.amount, sale.settle_currency, sale.status), (amount, Currency::USD, SaleStatus::Success));
    assert_eq!(sale.transaction_type, TransactionType::Payment);

    let requests = sandbox.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].path, "/app-data-search/v3/tran-query");
    let expected = concat!(
        r#"{"merchantNo":"200043","storeNo":"300014","transactionNo":"297553638300708562","#,
        r#""verifySign":"0df745088d7202a6d186596acdc82c6a"}"#
    );
    assert_eq!(String::from_utf8_lossy(&requests[0].body), expected);
}
