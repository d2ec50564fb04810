package io.okxexporter.okx;

import io.okxexporter.model.Outcome;
import io.okxexporter.model.Valuation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Any response must yield an outcome, and a valuation must have finite numbers and a time. */
public final class ResponseClassifierFuzz {
  private static final Redaction REDACTION = new Redaction(List.of());

  private ResponseClassifierFuzz() {}

  /** Called by Jazzer, and by the build with the saved inputs. */
  public static void fuzzerTestOneInput(byte[] body) {
    for (int status : new int[] {200, 401, 503}) {
      if (read(status, body, new ValuationReader("USDT"))
          instanceof Outcome.Success<Valuation> ok) {
        assertPlain(ok.value());
      }
      read(status, body, DiagnosisReader::apiKeyInfo);
      read(status, body, DiagnosisReader::serverTime);
      read(status, body, DiagnosisReader::maintenance);
      read(status, body, LedgerReader.BILLS);
      read(status, body, LedgerReader.WITHDRAWALS);
      read(status, body, LedgerReader.FIAT_WITHDRAWALS);
      read(status, body, new IndexPriceReader());
    }
  }

  private static <T> Outcome<T> read(
      int status, byte[] body, ResponseClassifier.DataReader<T> reader) {
    Outcome<T> outcome = ResponseClassifier.read(status, Duration.ZERO, body, reader, REDACTION);
    if (outcome instanceof Outcome.Failure<T> failure && failure.detail().length() > 300) {
      throw new AssertionError("a detail as long as OKX likes");
    }
    return outcome;
  }

  private static void assertPlain(Valuation valuation) {
    Stream.concat(Stream.of(valuation.total()), valuation.accounts().values().stream())
        .map(BigDecimal::doubleValue)
        .filter(value -> !Double.isFinite(value))
        .findAny()
        .ifPresent(
            value -> {
              throw new AssertionError("a value that is no number");
            });
    if (valuation.updatedAt() != null && valuation.updatedAt().toEpochMilli() < 0) {
      throw new AssertionError("a time before 1970");
    }
  }
}
