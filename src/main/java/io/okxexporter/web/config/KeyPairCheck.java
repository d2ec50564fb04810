package io.okxexporter.web.config;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Checks that two keys form a pair: one verifies what the other signs. */
final class KeyPairCheck {
  private static final byte[] SAMPLE = {1, 2, 3};

  private KeyPairCheck() {}

  static boolean belongTogether(PrivateKey key, PublicKey owner) throws GeneralSecurityException {
    Signature signing = Signature.getInstance(algorithm(owner));
    signing.initSign(key);
    signing.update(SAMPLE);
    Signature verifying = Signature.getInstance(algorithm(owner));
    verifying.initVerify(owner);
    verifying.update(SAMPLE);
    return verifying.verify(signing.sign());
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm(); // EdDSA also names a signature; a name that does not throws
    };
  }
}
